using System.Diagnostics;

namespace Outpaint.Tracking.SystemMetrics;

/// <summary>This process: its share of all cores since the last reading, its threads.</summary>
internal sealed class ProcessGauge : IGauge
{
    private TimeSpan busy = Environment.CpuUsage.TotalTime;
    private long since = Stopwatch.GetTimestamp();

    public void Read(IDictionary<string, double> sample)
    {
        TimeSpan nowBusy = Environment.CpuUsage.TotalTime;
        long now = Stopwatch.GetTimestamp();
        TimeSpan passed = Stopwatch.GetElapsedTime(since, now);
        // Over a moment, as before a run's last sample, the system may count more than there was.
        sample["cpu"] = Math.Min(100, 100 * (nowBusy - busy) / (passed * Environment.ProcessorCount));
        (busy, since) = (nowBusy, now);
        using var process = Process.GetCurrentProcess();
        sample["proc.cpu.threads"] = process.Threads.Count;
    }
}
