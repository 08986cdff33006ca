using System.Diagnostics;
using Outpaint.Training.Batches;

namespace Outpaint.Training;

/// <summary>Measures speed, and the time spent waiting for data, from one report to the next.</summary>
internal sealed class ProgressMeter(int batchSize, long step)
{
    private readonly Stopwatch sinceReport = Stopwatch.StartNew();
    private TimeSpan waited;
    private long reportedStep = step;

    /// <summary>Share of the time spent waiting, 0 to 1.</summary>
    internal double WaitingShare => waited / sinceReport.Elapsed;

    /// <summary>Speed up to a step.</summary>
    internal double ImagesPerSecond(long step) => (step - reportedStep) * batchSize / sinceReport.Elapsed.TotalSeconds;

    /// <summary>Waits for a batch.</summary>
    internal TrainingBatch Next(BatchPrefetcher batches)
    {
        long asked = Stopwatch.GetTimestamp();
        TrainingBatch batch = batches.Next();
        waited += Stopwatch.GetElapsedTime(asked);
        return batch;
    }

    /// <summary>Begins to measure anew; what lay between, such as a validation, does not count.</summary>
    internal void Restart(long step)
    {
        (reportedStep, waited) = (step, TimeSpan.Zero);
        sinceReport.Restart();
    }
}
