using System.Diagnostics;
using Outpaint.Tracking;
using Outpaint.Training.Batches;
using Outpaint.Training.Runs;

namespace Outpaint.Training;

/// <summary>The steps of a run: learn from a batch, watch the losses, report and validate, save.</summary>
internal sealed class TrainingLoop(
    TrainingOptions options, long totalSteps, TrainingNetworks networks, TrainingStep step, RunState state, SampleGrid samples, Validation? validation)
{
    private readonly LearningRateSchedule schedule = new(options, totalSteps);

    /// <summary>Goes on from the run's state to the end, or until cancelled: then the step in progress is finished. Saves at the end.</summary>
    /// <param name="batches">The batches from that step on.</param>
    /// <param name="progress">Told every <see cref="TrainingOptions.LogEvery"/> steps.</param>
    /// <param name="tracker">Records the run.</param>
    /// <param name="cancellation">Stops the run after the current step.</param>
    /// <exception cref="DivergenceException">The losses say that there is nothing to be learnt any more.</exception>
    internal TrainingResult Run(
        BatchPrefetcher batches, IProgress<TrainingProgress>? progress, ITracker tracker, CancellationToken cancellation)
    {
        var monitor = new DivergenceMonitor(options.AdversarialWeight > 0);
        var meter = new ProgressMeter(options.BatchSize, state.Step);
        var sinceCheckpoint = Stopwatch.StartNew();
        bool stops = cancellation.IsCancellationRequested;
        while (state.Step < totalSteps && !stops)
        {
            // 1. Learn from a batch.
            using TrainingBatch batch = meter.Next(batches);
            networks.LearningRate = schedule.At(state.Step) * state.RateScale;
            using StepLosses losses = step.Run(batch, state.Step, state.Images);
            state.Advance();

            // 2. Look at the losses, and at times at validation photos and samples.
            Dictionary<string, double> scalars = [];
            bool isLast = state.Step == totalSteps;
            bool validates = validation is not null && (isLast || validation.IsDue(state.Images));
            bool reports = isLast || validates || state.Step % options.LogEvery == 0;
            bool saves = sinceCheckpoint.Elapsed.TotalMinutes >= options.CheckpointMinutes;
            IReadOnlyDictionary<string, double>? read =
                reports || saves || cancellation.IsCancellationRequested ? losses.Read() : null; // nothing is saved unseen
            if (read is not null)
                monitor.Check(state.Step, read);
            if (reports)
            {
                var report = new TrainingProgress(
                    state.Step, totalSteps, state.Images, meter.ImagesPerSecond(state.Step), meter.WaitingShare, networks.LearningRate, read!);
                report = validates ? report with { Validation = Validate(cancellation) } : report;
                scalars = report.ToScalars();
                progress?.Report(report);
                meter.Restart(state.Step);
            }

            TrackedImage[] pictures = state.Step % options.SampleEvery == 0 ? [samples.Take(networks.Average)] : [];
            if (scalars.Count + pictures.Length > 0)
                tracker.Log(new TrackedStep(state.Step, scalars) { Images = pictures });

            // 3. Save. The losses are those of the weights before the step, and a checkpoint must never be worse than the one before.
            stops = read is not null && cancellation.IsCancellationRequested;
            if (isLast || stops || (saves && !monitor.IsSuspicious))
            {
                state.RequireFinite();
                DivergenceMonitor.CheckReconstruction(step.Reconstruction(batch));
                tracker.Flush(); // a run that is killed goes on after its checkpoint: the steps before must be on record by then
                state.Save();
                sinceCheckpoint.Restart();
            }
        }

        return new TrainingResult(state.Step, state.Images, Completed: state.Step >= totalSteps);
    }

    // A run that is stopped does not wait for it.
    private IReadOnlyDictionary<string, double> Validate(CancellationToken cancellation)
    {
        state.RequireFinite();
        try
        {
            return validation!.Run(networks.Average, state.Notes(), cancellation);
        }
        catch (OperationCanceledException)
        {
            return TrainingProgress.NotValidated;
        }
    }
}
