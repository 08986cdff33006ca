using System.Net.NetworkInformation;
using Outpaint.Tracking.SystemMetrics;

namespace Outpaint.Tracking.Tests.SystemMetrics;

public sealed class SystemMonitorTests
{
    [Fact]
    public void Even_a_short_run_is_measured()
    {
        var tracker = new RecordingTracker();
        using (var monitor = new SystemMonitor(tracker))
            monitor.Dispose();

        IReadOnlyDictionary<string, double> sample = Assert.Single(tracker.Samples).Values;
        Assert.InRange(sample["proc.memory.rssMB"], 1, 1e6);
        Assert.InRange(sample["proc.cpu.threads"], 1, 1e5);
        Assert.InRange(sample["disk./.usagePercent"], 0, 100);
        Assert.InRange(sample["network.sent"], 0, 1e12);
        Assert.InRange(sample["cpu"], 0, 100);
    }

    [Fact]
    public void Samples_come_at_intervals()
    {
        using var third = new CountdownEvent(3);
        var tracker = new RecordingTracker { Call = () => _ = third.IsSet || third.Signal() };
        using var monitor = new SystemMonitor(tracker, TimeSpan.FromMilliseconds(1));
        Assert.True(third.Wait(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void What_the_machine_does_not_tell_is_left_out()
    {
        var tracker = new RecordingTracker();
        using (new SystemMonitor(tracker, null, [() => throw new NetworkInformationException(), () => new Gauge(new IOException()), () => new Gauge(null)]))
        {
        }

        Assert.Equal(["known"], Assert.Single(tracker.Samples).Values.Keys);
    }

    [Fact]
    public void Memory_is_read_from_the_kernel()
    {
        string[] lines = ["MemTotal:       24000 kB", "MemFree:  1 kB", "MemAvailable:   18000 kB", "HugePages_Total:       0"];
        Assert.Equal((24000 * 1024.0, 18000 * 1024.0), MemoryGauge.Parse(lines));
    }

    [Fact]
    public void Disks_are_read_from_the_kernel_without_their_partitions()
    {
        string[] lines =
        [
            "   8       0 sda 10 0 2048 5 20 0 4096 7 0 0 0",
            "   8       1 sda1 10 0 2048 5 20 0 4096 7 0 0 0",
            "   8      16 sdb 0 0 0 0 0 0 0 0 0 0 0",
        ];
        Assert.Equal([new("sda", (2048 * 512.0, 4096 * 512.0))], DiskGauge.Parse(lines, name => name is "sda" or "sdb"));
    }

    [Fact]
    public void Two_threads_of_a_core_count_once()
    {
        string[] lines =
        [
            "processor : 0", "physical id\t: 0", "core id\t\t: 0", "", "processor : 1", "physical id\t: 0", "core id\t\t: 0", "",
            "processor : 2", "physical id\t: 0", "core id\t\t: 1", "", "processor : 3", "physical id\t: 1", "core id\t\t: 0",
        ];
        Assert.Equal((3, 4), CpuTopology.Count(lines));
        Assert.Equal((4, 4), CpuTopology.Count(lines.Where(line => line.StartsWith("processor", StringComparison.Ordinal))));
    }

    [Fact]
    public void Graphics_cards_are_read_from_their_driver()
    {
        const string Output = "97, 40, 61, 350.50, 1980, 2619, 1980, [N/A], 40000, 80000, 700.00\n12, 3, 40, [N/A], 1, 2, 3, 50, 0, 80000, [N/A]\n";

        IReadOnlyDictionary<string, double> sample = NvidiaSmi.ParseSample(Output);

        Assert.Equal((97, 61, 50, 40000.0 * 1024 * 1024), (sample["gpu.0.gpu"], sample["gpu.0.temp"], sample["gpu.0.memoryAllocated"], sample["gpu.0.memoryAllocatedBytes"]));
        Assert.Equal(100 * 350.5 / 700, sample["gpu.0.powerPercent"], 1e-9);
        Assert.Equal(12, sample["gpu.1.gpu"]);
        Assert.DoesNotContain("gpu.0.fanSpeed", sample.Keys);
        Assert.DoesNotContain("gpu.1.powerPercent", sample.Keys);
        Assert.Empty(NvidiaSmi.ParseSample(""));
        Assert.Equal([new GpuFacts("NVIDIA H100", 80000L << 20)], NvidiaSmi.ParseGpus("NVIDIA H100, 80000\n"));
    }

    private sealed class Gauge(Exception? failure) : IGauge
    {
        public void Read(IDictionary<string, double> sample) => sample["known"] = failure is null ? 1 : throw failure;
    }
}
