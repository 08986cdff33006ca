using System.Collections.Concurrent;

namespace Outpaint.Training.Batches;

/// <summary>Makes batches on a thread of its own while the device computes.</summary>
internal sealed class BatchPrefetcher : IDisposable
{
    private const int Ahead = 2;

    private readonly BlockingCollection<TrainingBatch> ready = new(Ahead);
    private readonly CancellationTokenSource stop = new();
    private readonly Task worker;

    internal BatchPrefetcher(BatchSampler sampler, IPhotoSource photos, long firstStep, long lastStep) =>
        worker = Task.Factory.StartNew(() => Produce(sampler, photos, firstStep, lastStep), TaskCreationOptions.LongRunning);

    /// <summary>The next step's batch.</summary>
    internal TrainingBatch Next()
    {
        if (ready.TryTake(out TrainingBatch? batch, Timeout.Infinite))
            return batch;
        worker.GetAwaiter().GetResult(); // rethrows what stopped the worker
        throw new InvalidOperationException("There are no batches after the last step.");
    }

    public void Dispose()
    {
        stop.Cancel();
        try
        {
            worker.Wait();
        }
        catch (AggregateException)
        {
            // Next() has reported it, or nobody waits for the batch any more.
        }

        while (ready.TryTake(out TrainingBatch? left))
            left.Dispose();
        ready.Dispose();
        stop.Dispose();
    }

    private void Produce(BatchSampler sampler, IPhotoSource photos, long firstStep, long lastStep)
    {
        try
        {
            for (long step = firstStep; step < lastStep; step++)
                ready.Add(photos.Load(sampler.Sample(step)), stop.Token);
        }
        finally
        {
            ready.CompleteAdding();
        }
    }
}
