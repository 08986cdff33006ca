using System.Text.Json.Nodes;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>What to create or change of a run. What is null stays as it is.</summary>
/// <param name="Run">The run's id, for W&amp;B its name.</param>
/// <param name="Project">The project, or null for the server's default.</param>
/// <param name="Entity">The user or team, or null for the key's default.</param>
internal sealed record RunUpsert(string Run, string? Project, string? Entity)
{
    /// <summary>The server's own id of a run that is resumed.</summary>
    public string? StorageId { get; init; }

    /// <summary>The name people see; the server invents one if there is none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Free text.</summary>
    public string? Notes { get; init; }

    /// <summary>The group of runs this one belongs to.</summary>
    public string? Group { get; init; }

    /// <summary>What kind of job it is.</summary>
    public string? JobType { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The configuration as JSON, every value below "value".</summary>
    public string? Config { get; init; }

    /// <summary>The git commit of the program.</summary>
    public string? Commit { get; init; }

    /// <summary>The git remote of the program.</summary>
    public string? Repository { get; init; }

    /// <summary>The machine's name.</summary>
    public string? Host { get; init; }

    /// <summary>The program's path.</summary>
    public string? Program { get; init; }

    /// <summary>The operation's variables: all of them, also the null ones, as the official client sends them.</summary>
    public JsonObject ToVariables() => new()
    {
        ["id"] = StorageId,
        ["name"] = Run,
        ["project"] = Project,
        ["entity"] = Entity,
        ["groupName"] = Group,
        ["description"] = null,
        ["displayName"] = DisplayName,
        ["notes"] = Notes,
        ["commit"] = Commit,
        ["config"] = Config,
        ["host"] = Host,
        ["debug"] = null,
        ["program"] = Program,
        ["repo"] = Repository,
        ["jobType"] = JobType,
        ["state"] = null,
        ["sweep"] = null,
        ["tags"] = Tags is null ? null : new JsonArray([.. Tags.Select(tag => (JsonNode?)tag)]),
        ["summaryMetrics"] = null,
    };
}
