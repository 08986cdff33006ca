namespace Outpaint.Tracking.SystemMetrics;

/// <summary>How the machine's processors divide into cores.</summary>
internal static class CpuTopology
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>
    /// Cores, and the threads that they run at once; where cores are not told, as many as threads. They are the machine's: this
    /// process may be held to fewer, which is what <see cref="Environment.ProcessorCount"/> tells.
    /// </summary>
    internal static (int Cores, int Threads) Count() => Count(File.Exists(CpuInfo) ? File.ReadLines(CpuInfo) : []);

    /// <summary>Counts the pairs of socket and core, and the threads, in /proc/cpuinfo.</summary>
    internal static (int Cores, int Threads) Count(IEnumerable<string> lines)
    {
        var cores = new HashSet<(string Socket, string Core)>();
        int threads = 0;
        string socket = "";
        foreach (string line in lines)
        {
            if (line.Split(':') is not [var key, var value])
                continue;
            switch (key.Trim())
            {
                case "processor":
                    threads++;
                    break;
                case "physical id":
                    socket = value.Trim();
                    break;
                case "core id":
                    cores.Add((socket, value.Trim()));
                    break;
            }
        }

        threads = threads > 0 ? threads : Environment.ProcessorCount;
        return (cores.Count > 0 ? cores.Count : threads, threads);
    }
}
