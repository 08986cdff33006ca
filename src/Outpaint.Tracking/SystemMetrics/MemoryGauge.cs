using System.Globalization;

namespace Outpaint.Tracking.SystemMetrics;

/// <summary>The machine's memory, and this process's part of it.</summary>
internal sealed class MemoryGauge : IGauge
{
    private const double MiB = 1024 * 1024;
    private const string MemoryInfo = "/proc/meminfo";

    public void Read(IDictionary<string, double> sample)
    {
        double resident = Environment.WorkingSet;
        sample["proc.memory.rssMB"] = resident / MiB;
        if (!File.Exists(MemoryInfo) || Parse(File.ReadLines(MemoryInfo)) is not ( > 0, var available) memory)
            return;
        sample["memory_percent"] = 100 * (1 - (available / memory.Total));
        sample["proc.memory.percent"] = 100 * resident / memory.Total;
        sample["proc.memory.availableMB"] = available / MiB;
    }

    /// <summary>Reads /proc/meminfo, in bytes; zeros for lines that are not there.</summary>
    internal static (double Total, double Available) Parse(IEnumerable<string> lines)
    {
        double total = 0, available = 0;
        foreach (string line in lines)
        {
            if (line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries) is not [var key, var kibibytes, ..])
                continue;
            if (key == "MemTotal")
                total = double.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024;
            else if (key == "MemAvailable")
                available = double.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024;
        }

        return (total, available);
    }
}
