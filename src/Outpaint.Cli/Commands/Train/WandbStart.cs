using Outpaint.Cli.Shell;
using Outpaint.Tracking;
using Outpaint.Tracking.Wandb;
using Outpaint.Tracking.Wandb.Online;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Cli.Commands.Train;

/// <summary>Decides from options and environment whether and where a training run goes to W&amp;B. Options come first.</summary>
/// <param name="options">The run's options.</param>
/// <param name="folder">The run's folder.</param>
/// <param name="environment">Reads an environment variable.</param>
internal sealed class WandbStart(TrainingOptions options, RunFolder folder, Func<string, string?> environment)
{
    /// <summary>Whether it was asked for and not switched off; otherwise nothing here touches disk or network.</summary>
    public bool IsWanted => (options.WandbProject is not null || options.WandbMode is WandbMode.Online or WandbMode.Offline) && Mode != WandbMode.Disabled;

    private WandbMode Mode => options.WandbMode != WandbMode.Auto ? options.WandbMode : Variable("WANDB_MODE") switch
    {
        "" => WandbMode.Auto,
        "online" or "run" => WandbMode.Online,
        "offline" or "dryrun" => WandbMode.Offline,
        "disabled" => WandbMode.Disabled,
        var other => throw new UsageException($"WANDB_MODE is '{other}'; it must be online, offline or disabled."),
    };

    /// <summary>Starts the run and tells where it can be seen, or how to get it there.</summary>
    /// <param name="facts">Where and how the program was started.</param>
    /// <param name="tell">Shows a line to the user, from any thread.</param>
    /// <exception cref="UsageException">What is asked for cannot be.</exception>
    /// <exception cref="WandbException">The server refuses it.</exception>
    /// <exception cref="IOException">Its folder cannot be made.</exception>
    public WandbTracker Start(RunFacts facts, Action<string> tell)
    {
        WandbServer? server = Mode == WandbMode.Offline ? null : WandbServer.Find(environment);
        if (server is null && Mode == WandbMode.Online)
            throw new UsageException("--wandb_mode online needs an API key: set WANDB_API_KEY to yours from https://wandb.ai/authorize, or use offline.");
        ResumeMode resume = Resume();
        WandbRunOptions run = Name(facts, resume);
        WandbTracker tracker = server is null
            ? new WandbOfflineTracker(run)
            : WandbOnlineTracker.Start(run, server, OnlineOptions.FromEnvironment(environment) with { Resume = resume }, tell);
        if (server is null)
            tell($"W&B: {(Mode == WandbMode.Offline ? "offline" : "no API key, so offline")}; upload it at any time with: wandb sync {tracker.Folder}");
        folder.WandbRunId = tracker.RunId;
        return tracker;
    }

    private WandbRunOptions Name(RunFacts facts, ResumeMode resume)
    {
        WandbRunOptions run = WandbRunOptions.FromEnvironment(environment);
        bool continues = resume is ResumeMode.Allow or ResumeMode.Must;
        string? earlier = continues && Variable("WANDB_RUN_ID").Length == 0 ? folder.WandbRunId : null;
        if (resume == ResumeMode.Must && earlier is null && Variable("WANDB_RUN_ID").Length == 0)
            throw new UsageException("--wandb_resume must needs a run to go on with: set WANDB_RUN_ID, or name the folder of one with --resume.");
        return run with
        {
            Project = options.WandbProject ?? run.Project,
            Entity = options.WandbEntity ?? run.Entity,
            Name = options.WandbName ?? run.Name,
            Tags = options.WandbTags.Length > 0 ? [.. options.WandbTags.SelectMany(WandbRunOptions.SplitTags)] : run.Tags,
            RunId = earlier ?? run.RunId,
            Resumed = continues,
            Root = Variable("WANDB_DIR") is { Length: > 0 } root ? root : options.OutputDir,
            Facts = facts,
        };
    }

    // A run that goes on goes on there, too.
    private ResumeMode Resume() => options.WandbResume != ResumeMode.None ? options.WandbResume : Variable("WANDB_RESUME") switch
    {
        "" => options.Resume is null ? ResumeMode.None : ResumeMode.Allow,
        "allow" or "auto" => ResumeMode.Allow,
        "must" => ResumeMode.Must,
        "never" => ResumeMode.Never,
        var other => throw new UsageException($"WANDB_RESUME is '{other}'; it must be allow, must or never."),
    };

    private string Variable(string name) => environment(name)?.Trim() ?? "";
}
