namespace Outpaint.Tracking.SystemMetrics;

/// <summary>How a machine's processors divide into cores.</summary>
internal static class CpuTopology
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>Cores, each of which may run several threads; where that is not known, the threads.</summary>
    internal static int CountCores() => File.Exists(CpuInfo) ? CountCores(File.ReadLines(CpuInfo)) : Environment.ProcessorCount;

    /// <summary>Counts the pairs of socket and core in /proc/cpuinfo.</summary>
    internal static int CountCores(IEnumerable<string> lines)
    {
        var cores = new HashSet<(string Socket, string Core)>();
        string socket = "";
        foreach (string line in lines)
        {
            if (line.Split(':') is not [var key, var value])
                continue;
            if (key.Trim() == "physical id")
                socket = value.Trim();
            else if (key.Trim() == "core id")
                cores.Add((socket, value.Trim()));
        }

        return cores.Count > 0 ? cores.Count : Environment.ProcessorCount;
    }
}
