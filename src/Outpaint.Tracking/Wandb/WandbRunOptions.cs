using System.Buffers;
using Outpaint.Tracking.Wandb.Online;

namespace Outpaint.Tracking.Wandb;

/// <summary>What a W&amp;B run is called and where it is kept. Empty texts leave the choice to the server.</summary>
public sealed record WandbRunOptions
{
    private const string ForbiddenInIds = ":;,#?/'";
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(ForbiddenInIds);

    /// <summary>The project that the run belongs to.</summary>
    public string Project { get; init; } = "";

    /// <summary>The user or team that owns the project.</summary>
    public string Entity { get; init; } = "";

    /// <summary>What people call the run.</summary>
    public string Name { get; init; } = "";

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A longer description.</summary>
    public string Notes { get; init; } = "";

    /// <summary>Runs of one group are shown together.</summary>
    public string Group { get; init; } = "";

    /// <summary>The run's part in its group, as in <c>train</c>.</summary>
    public string JobType { get; init; } = "";

    /// <summary>What the server knows the run by; the same id continues a run. Not empty, and none of <c>:;,#?/'</c> in it.</summary>
    public string RunId { get; init; } = NewRunId();

    /// <summary>Whether an earlier run of this id is being continued.</summary>
    public bool Resumed { get; init; }

    /// <summary>The folder in which a folder <c>wandb</c> holds the runs.</summary>
    public string Root { get; init; } = ".";

    /// <summary>Where and from what the run was started.</summary>
    public RunFacts Facts { get; init; } = new();

    /// <summary>The tags of a list with commas.</summary>
    public static string[] SplitTags(string tags) => tags.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Reads the variables that W&amp;B's own client knows: WANDB_PROJECT, WANDB_ENTITY, WANDB_NAME, WANDB_TAGS and so on.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="WandbException">WANDB_RUN_ID cannot be one.</exception>
    public static WandbRunOptions FromEnvironment(Func<string, string?> environment)
    {
        string Read(string variable) => environment(variable)?.Trim() ?? "";
        var options = new WandbRunOptions
        {
            Project = Read("WANDB_PROJECT"),
            Entity = Read("WANDB_ENTITY"),
            Name = Read("WANDB_NAME"),
            Tags = SplitTags(Read("WANDB_TAGS")),
            Notes = Read("WANDB_NOTES"),
            Group = Read("WANDB_RUN_GROUP"),
            JobType = Read("WANDB_JOB_TYPE"),
            Root = Read("WANDB_DIR") is { Length: > 0 } root ? root : ".",
        };
        string id = Read("WANDB_RUN_ID");
        if (id.Length == 0)
            return options;
        CheckId(id, "WANDB_RUN_ID");
        return options with { RunId = id };
    }

    /// <summary>A new id: eight letters and digits, as W&amp;B's own.</summary>
    public static string NewRunId() => RandomId.OfLength(8);

    /// <summary>Refuses what cannot be a run's id: it becomes part of paths and addresses.</summary>
    /// <param name="id">The id.</param>
    /// <param name="source">Where it comes from, for the message.</param>
    /// <exception cref="WandbException">It cannot be one.</exception>
    internal static void CheckId(string id, string source)
    {
        if (id.Length == 0 || id.AsSpan().IndexOfAny(Forbidden) >= 0)
            throw new WandbException($"{source} is '{id}'; a run's id is not empty and holds none of {ForbiddenInIds}");
    }
}
