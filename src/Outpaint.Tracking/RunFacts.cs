using System.Reflection;
using System.Runtime.InteropServices;
using Outpaint.Tracking.SystemMetrics;

namespace Outpaint.Tracking;

/// <summary>Where, how and from which sources a run was started.</summary>
public sealed record RunFacts
{
    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedAt { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>Program and version, as in <c>outpaint-0.1.0</c>.</summary>
    public string Client { get; init; } = DefaultClient();

    /// <summary>The program's name.</summary>
    public string Program { get; init; } = "";

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The executable file.</summary>
    public string Executable { get; init; } = Environment.ProcessPath ?? "";

    /// <summary>The folder it was started in.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>The commit that was checked out there, if any.</summary>
    public GitState? Git { get; init; }

    /// <summary>The machine's name.</summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>As in <c>Debian GNU/Linux 12 (bookworm)</c>.</summary>
    public string OperatingSystem { get; init; } = RuntimeInformation.OSDescription;

    /// <summary>As in <c>linux-x86_64</c>.</summary>
    public string Platform { get; init; } = PlatformName();

    /// <summary>As in <c>.NET 10.0.0</c>.</summary>
    public string Runtime { get; init; } = RuntimeInformation.FrameworkDescription;

    /// <summary>Cores of the machine, of which the program may be held to some.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>Threads that the cores run at once.</summary>
    public int LogicalCores { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory of the machine, in bytes.</summary>
    public long Memory { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Size of the root disk, in bytes.</summary>
    public long DiskSize { get; init; }

    /// <summary>Bytes of it in use.</summary>
    public long DiskUsed { get; init; }

    /// <summary>NVIDIA GPUs.</summary>
    public IReadOnlyList<GpuFacts> Gpus { get; init; } = [];

    /// <summary>Looks around: takes some tenths of a second where there is git or a GPU.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="arguments">Its command line.</param>
    public static RunFacts Collect(string program, IReadOnlyList<string> arguments)
    {
        (long size, long used) = DiskUsage.OfRoot();
        (int cores, int threads) = CpuTopology.Count();
        return new RunFacts
        {
            Program = program,
            Arguments = arguments,
            Git = GitState.Find(Environment.CurrentDirectory),
            Cores = cores,
            LogicalCores = threads,
            DiskSize = size,
            DiskUsed = used,
            Gpus = NvidiaSmi.ListGpus(),
        };
    }

    private static string DefaultClient()
    {
        AssemblyName library = typeof(RunFacts).Assembly.GetName();
        return $"{library.Name!.ToLowerInvariant().Replace('.', '-')}-{library.Version!.ToString(3)}";
    }

    private static string PlatformName()
    {
        string system = System.OperatingSystem.IsWindows() ? "windows" : System.OperatingSystem.IsMacOS() ? "darwin" : "linux";
        string processor = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x86_64",
            Architecture.Arm64 => "aarch64",
            var other => other.ToString().ToLowerInvariant(),
        };
        return $"{system}-{processor}";
    }
}
