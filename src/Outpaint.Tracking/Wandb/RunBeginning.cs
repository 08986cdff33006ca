using Google.Protobuf.WellKnownTypes;
using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb;

/// <summary>The records that every log starts with.</summary>
internal static class RunBeginning
{
    // What the official client asks of whoever reads its logs.
    private const string OldestReader = "0.70.0";

    /// <summary>Who writes; the run; its client; its machine.</summary>
    internal static IEnumerable<Record> Of(WandbRunOptions options) =>
    [
        new Record { Header = new HeaderRecord { VersionInfo = new VersionInfo { Producer = options.Facts.Client, MinConsumer = OldestReader } } },
        // One only: `wandb sync` up to 0.28.1 waits forever for what follows a second one.
        new Record { Run = Run(options), Control = Mailbox() },
        new Record { Telemetry = Client(options.Facts) },
        new Record { Environment = Machine(options.Facts) },
    ];

    /// <summary>An address for an answer. Nobody answers, but `wandb sync` up to 0.28.2 waits forever for a run or an exit without one.</summary>
    internal static Control Mailbox() => new() { MailboxSlot = RandomId.OfLength(12) };

    private static RunRecord Run(WandbRunOptions options)
    {
        var run = new RunRecord
        {
            RunId = options.RunId,
            Entity = options.Entity,
            Project = options.Project,
            DisplayName = options.Name,
            Notes = options.Notes,
            RunGroup = options.Group,
            JobType = options.JobType,
            Tags = { options.Tags },
            Host = options.Facts.Host,
            StartTime = Timestamp.FromDateTimeOffset(options.Facts.StartedAt),
            Resumed = options.Resumed,
            Config = new ConfigRecord(),
        };
        if (options.Facts.Git is { } git)
            run.Git = Repository(git);
        return run;
    }

    private static TelemetryRecord Client(RunFacts facts) => new() { CliVersion = facts.Client, Platform = facts.Platform };

    private static EnvironmentRecord Machine(RunFacts facts)
    {
        var machine = new EnvironmentRecord
        {
            Os = facts.OperatingSystem,
            Python = facts.Runtime, // shown as the runtime's version
            StartedAt = Timestamp.FromDateTimeOffset(facts.StartedAt),
            Program = facts.Program,
            Args = { facts.Arguments },
            Root = facts.WorkingDirectory,
            Executable = facts.Executable,
            Host = facts.Host,
            CpuCount = (uint)facts.Cores,
            CpuCountLogical = (uint)facts.LogicalCores,
            Cpu = new CpuInfo { Count = (uint)facts.Cores, CountLogical = (uint)facts.LogicalCores },
            Memory = new MemoryInfo { Total = (ulong)facts.Memory },
            WriterId = RandomId.OfLength(32),
        };
        if (facts.DiskSize > 0)
            machine.Disk["/"] = new DiskInfo { Total = (ulong)facts.DiskSize, Used = (ulong)facts.DiskUsed };
        if (facts.Git is { } git)
            machine.Git = Repository(git);
        if (facts.Gpus is [var first, ..])
            (machine.GpuType, machine.GpuCount) = (first.Name, (uint)facts.Gpus.Count);
        machine.GpuNvidia.Add(facts.Gpus.Select(gpu => new GpuNvidiaInfo { Name = gpu.Name, MemoryTotal = (ulong)gpu.Memory }));
        return machine;
    }

    private static GitRepoRecord Repository(GitState git) => new() { Commit = git.Commit, RemoteUrl = git.RemoteUrl };
}
