using System.Globalization;

namespace Outpaint.Tracking.SystemMetrics;

/// <summary>Asks NVIDIA's driver about its GPUs, through the program that comes with it.</summary>
internal static class NvidiaSmi
{
    private const double MiB = 1024 * 1024;

    // What is asked, under which of W&B's names it goes: what every driver knows, since one unknown name fails all.
    private static readonly (string Query, string Name)[] Gauges =
    [
        ("utilization.gpu", "gpu"),
        ("utilization.memory", "memory"),
        ("temperature.gpu", "temp"),
        ("power.draw", "powerWatts"),
        ("clocks.sm", "smClock"),
        ("clocks.mem", "memoryClock"),
        ("clocks.gr", "graphicsClock"),
        ("fan.speed", "fanSpeed"),
    ];

    private static readonly string[] Amounts = ["memory.used", "memory.total", "power.limit"];

    /// <summary>The GPUs; none where there is no driver.</summary>
    internal static IReadOnlyList<GpuFacts> ListGpus() => ParseGpus(Ask("name,memory.total"));

    /// <summary>What they are doing, by W&amp;B's names.</summary>
    internal static IReadOnlyDictionary<string, double> Sample() =>
        ParseSample(Ask(string.Join(',', Gauges.Select(gauge => gauge.Query).Concat(Amounts))));

    /// <summary>Reads lines of name and memory in MiB.</summary>
    internal static IReadOnlyList<GpuFacts> ParseGpus(string output) =>
        [.. Rows(output).Where(row => row.Length == 2).Select(row => new GpuFacts(row[0], (long)(Number(row[1]) * MiB)))];

    /// <summary>Reads a line of values for each GPU; a value that a GPU does not have is left out.</summary>
    internal static IReadOnlyDictionary<string, double> ParseSample(string output)
    {
        var sample = new Dictionary<string, double>();
        foreach ((int gpu, string[] row) in Rows(output).Index())
        {
            if (row.Length != Gauges.Length + Amounts.Length)
                continue;
            for (int i = 0; i < Gauges.Length; i++)
                Add(Gauges[i].Name, Number(row[i]));
            double used = Number(row[^3]), total = Number(row[^2]), limit = Number(row[^1]);
            Add("memoryAllocated", 100 * used / total);
            Add("memoryAllocatedBytes", used * MiB);
            Add("powerPercent", 100 * sample.GetValueOrDefault($"gpu.{gpu}.powerWatts", double.NaN) / limit);

            void Add(string name, double value)
            {
                if (double.IsFinite(value))
                    sample[$"gpu.{gpu}.{name}"] = value;
            }
        }

        return sample;
    }

    private static string Ask(string query) =>
        Subprocess.Output("nvidia-smi", [$"--query-gpu={query}", "--format=csv,noheader,nounits"]) ?? "";

    private static IEnumerable<string[]> Rows(string output) => output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(',', StringSplitOptions.TrimEntries));

    // "[N/A]" and its like are no numbers.
    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
}
