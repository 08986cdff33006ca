using System.Globalization;
using System.Text;
using Outpaint.Tracking.Wandb.Online.Streaming;
using Outpaint.Tracking.Wandb.Protocol;
using RecordKind = Outpaint.Tracking.Wandb.Protocol.Record.RecordTypeOneofCase;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>Goes through the records of a run's log: keeps what the run is like, and hands on the lines to be sent.</summary>
/// <param name="addConsoleLine">Gets each line of console output.</param>
/// <param name="tell">Shows a line to the user.</param>
internal sealed class RunReplay(Action<string> addConsoleLine, Action<string> tell)
{
    // The server's limit less some room: W&B drops longer lines, too.
    private const int LongestLine = (10 << 20) - (100 << 10);

    private readonly RawJsonObject summary = new();
    private readonly Dictionary<string, string> summaryBefore = [];
    private readonly ConsoleLines console = new();
    private readonly List<string> files = [];
    private long startStep;
    private long earlierRuntime;
    private bool toldOfOldSteps;

    /// <summary>The run's own record, once it was read.</summary>
    public RunRecord? Run { get; private set; }

    /// <summary>The run's end, once it was read.</summary>
    public RunExitRecord? Exit { get; private set; }

    /// <summary>The configuration so far.</summary>
    public RunConfig Config { get; } = new();

    /// <summary>The summary so far, as JSON.</summary>
    public string Summary => summary.ToString();

    /// <summary>Whether the summary changed since this was last set to false.</summary>
    public bool SummaryChanged { get; set; }

    /// <summary>The last step handed on, or null.</summary>
    public long? LastStep { get; private set; }

    /// <summary>Goes on where the server's run stopped: earlier steps are left out, and its time counts.</summary>
    public void Resume(ResumePoint point)
    {
        (startStep, earlierRuntime) = (point.StartStep, point.Runtime);
        Config.Inherit(point.Config);
        foreach ((string key, string json) in point.Summary)
        {
            summary.Set(key, json);
            summaryBefore[key] = json;
        }
    }

    /// <summary>Takes the files that are to be uploaded by now.</summary>
    public List<string> TakeFiles()
    {
        List<string> taken = [.. files];
        files.Clear();
        return taken;
    }

    /// <summary>Applies the next record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="batch">Gets the lines that it gives rise to.</param>
    public void Apply(Record record, FileStreamBatch batch)
    {
        Config.Apply(record);
        switch (record.RecordTypeCase)
        {
            case RecordKind.Run:
                Run ??= record.Run;
                break;
            case RecordKind.History:
                AddHistory(record.History, batch);
                break;
            case RecordKind.Summary:
                ApplySummary(record.Summary);
                break;
            case RecordKind.Stats:
                Add(StreamedFile.Events, SystemLine.Format(record.Stats, Run?.StartTime, earlierRuntime), batch);
                break;
            case RecordKind.OutputRaw:
                AddConsole(console.Add(record.OutputRaw), batch);
                break;
            case RecordKind.Files:
                files.AddRange(record.Files.Files.Select(file => file.Path));
                break;
            case RecordKind.Exit:
                Exit = record.Exit;
                AddConsole(console.Rest(), batch);
                break;
        }
    }

    private void AddHistory(HistoryRecord history, FileStreamBatch batch)
    {
        var line = new RawJsonObject();
        foreach (HistoryItem item in history.Item)
            line.Set(item.Key, item.Key == "_runtime" ? InRunTime(item.ValueJson) : item.ValueJson);
        long step = history.Step?.Num ?? 0;
        if (step < startStep)
        {
            if (!toldOfOldSteps)
                tell($"W&B has this run up to step {startStep - 1} already; what is logged before step {startStep} is not sent again.");
            toldOfOldSteps = true;
            return;
        }

        LastStep = step;
        Add(StreamedFile.History, line.ToString(), batch);
    }

    private void ApplySummary(SummaryRecord record)
    {
        // Of a step that the server has already: its summary is further than that.
        if (record.Update.Any(item => item.Key == "_step" && long.Parse(item.ValueJson, CultureInfo.InvariantCulture) < startStep))
            return;
        foreach (SummaryItem item in record.Update)
        {
            string value = item.Key == "_runtime" || item.NestedKey is ["_wandb", "runtime"] ? InRunTime(item.ValueJson) : item.ValueJson;
            summary.Set(item.Key, item.NestedKey, summaryBefore.TryGetValue(item.Key, out string? before) ? BestValue.Of(before, value) : value);
        }
        SummaryChanged = true;
    }

    private void AddConsole(IEnumerable<ConsoleLine> lines, FileStreamBatch batch)
    {
        foreach (ConsoleLine line in lines)
        {
            addConsoleLine(line.Text);
            Add(StreamedFile.Output, line.ToString(), batch);
        }
    }

    private void Add(StreamedFile file, string line, FileStreamBatch batch)
    {
        if (Encoding.UTF8.GetByteCount(line) <= LongestLine)
            batch.Add(file, line);
        else
            tell($"W&B takes no line of more than {LongestLine >> 20} MiB; one of {line.Length >> 20} is left out.");
    }

    // Seconds since this program started become seconds of the run, which it may have resumed.
    private string InRunTime(string json) =>
        earlierRuntime > 0 && double.TryParse(json, CultureInfo.InvariantCulture, out double seconds)
            ? WandbJson.Serialize(seconds + earlierRuntime)
            : json;
}
