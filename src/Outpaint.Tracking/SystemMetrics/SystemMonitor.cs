namespace Outpaint.Tracking.SystemMetrics;

/// <summary>Measures the machine while a run goes on, and records it.</summary>
public sealed class SystemMonitor : IDisposable
{
    private static readonly TimeSpan StandardInterval = TimeSpan.FromSeconds(15);
    private static readonly Func<IGauge>[] Kinds =
        [() => new ProcessGauge(), () => new MemoryGauge(), () => new DiskGauge(), () => new NetworkGauge(), () => new GpuGauge()];

    private readonly ITracker tracker;
    private readonly TimeSpan interval;
    private readonly List<IGauge> gauges = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly Task work;

    /// <summary>Begins to measure.</summary>
    /// <param name="tracker">Gets the samples, from another thread: back ends alone do not bear that.</param>
    /// <param name="interval">Time between two; null for 15 seconds, as W&amp;B's own client.</param>
    public SystemMonitor(BackgroundTracker tracker, TimeSpan? interval = null)
        : this(tracker, interval, Kinds)
    {
    }

    /// <summary>Begins to measure, with gauges of the caller's if there are any, for a tracker that no other thread calls.</summary>
    internal SystemMonitor(ITracker tracker, TimeSpan? interval = null, IEnumerable<Func<IGauge>>? kinds = null)
    {
        (this.tracker, this.interval) = (tracker, interval ?? StandardInterval);
        foreach (Func<IGauge> make in kinds ?? Kinds)
            WherePossible(() => gauges.Add(make()));
        work = Task.Run(MeasureAsync);
    }

    /// <summary>Takes a last sample, so that a short run has one, too, and stops. Calling it again does nothing.</summary>
    public void Dispose()
    {
        if (work.IsCompleted)
            return;
        stopping.Cancel();
        work.Wait();
        stopping.Dispose();
    }

    private async Task MeasureAsync()
    {
        do
        {
            await Task.Delay(interval, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var sample = new Dictionary<string, double>();
            foreach (IGauge gauge in gauges)
                WherePossible(() => gauge.Read(sample));
            tracker.LogSystem(new SystemSample(DateTimeOffset.UtcNow, sample));
        }
        while (!stopping.IsCancellationRequested);
    }

    // A run goes on where something cannot be measured: a container may lack /sys or parts of /proc.
    private static void WherePossible(Action measure)
    {
        try
        {
            measure();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or System.Net.NetworkInformation.NetworkInformationException)
        {
        }
    }
}
