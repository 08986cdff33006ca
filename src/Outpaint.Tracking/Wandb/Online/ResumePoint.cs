using System.Text.Json;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>Where a run on the server stopped, and what to take over from it.</summary>
internal sealed record ResumePoint
{
    /// <summary>The server's own id of the run.</summary>
    public required string? StorageId { get; init; }

    /// <summary>Lines of history, of system metrics and of console output that are there already.</summary>
    public required (long History, long Events, long Output) Lines { get; init; }

    /// <summary>The first step that is not there yet.</summary>
    public required long StartStep { get; init; }

    /// <summary>Whole seconds that the run has taken so far.</summary>
    public required long Runtime { get; init; }

    /// <summary>The summary's values as JSON.</summary>
    public required IReadOnlyDictionary<string, string> Summary { get; init; }

    /// <summary>The configuration's values as JSON.</summary>
    public required IReadOnlyDictionary<string, string> Config { get; init; }

    /// <summary>The run's tags.</summary>
    public required IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The run's notes.</summary>
    public required string? Notes { get; init; }

    /// <summary>Reads the answer's "bucket".</summary>
    /// <returns>The point, or null if the run was announced but has never run.</returns>
    public static ResumePoint? Read(JsonElement bucket)
    {
        if (!bucket.Embedded("wandbConfig").TryGetProperty("t", out _))
            return null;
        JsonElement summary = bucket.Embedded("summaryMetrics");
        JsonElement lastStep = bucket.LastLine("historyTail");
        long historyLines = bucket.Count("historyLineCount");
        double? ran = summary.TryGetProperty("_wandb", out JsonElement own) ? own.Number("runtime") : null;
        return new ResumePoint
        {
            StorageId = bucket.Text("id"),
            Lines = (historyLines, bucket.Count("eventsLineCount"), bucket.Count("logLineCount")),
            StartStep = historyLines > 0 ? (long)(lastStep.Number("_step") ?? summary.Number("_step") ?? -1) + 1 : 0,
            Runtime = (long)(new[] { ran, lastStep.Number("_runtime"), bucket.LastLine("eventsTail").Number("_runtime") }.Max() ?? 0),
            Summary = Members(summary, value => value),
            Config = Members(bucket.Embedded("config"), Unwrap),
            Tags = bucket.Texts("tags"),
            Notes = bucket.Text("notes"),
        };
    }

    // W&B's JavaScript client does not wrap its values.
    private static JsonElement Unwrap(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("value", out JsonElement inner) ? inner : value;

    // "_wandb" describes the client that wrote it.
    private static Dictionary<string, string> Members(JsonElement element, Func<JsonElement, JsonElement> value)
    {
        var members = new Dictionary<string, string>();
        foreach (JsonProperty member in element.EnumerateObject().Where(member => member.Name != "_wandb"))
            members[member.Name] = value(member.Value).GetRawText();
        return members;
    }
}
