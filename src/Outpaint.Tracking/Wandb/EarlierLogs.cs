using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb;

/// <summary>What earlier parts of a run recorded on this machine.</summary>
internal sealed class EarlierLogs
{
    private readonly Dictionary<string, string> summary = [];

    /// <summary>The last step that any of them holds, or -1.</summary>
    internal long LastStep { get; private set; } = -1;

    /// <summary>What stood for each key at their end, as JSON; for the metrics of which the best value counts, the best.</summary>
    internal IReadOnlyDictionary<string, string> Summary => summary;

    /// <summary>Reads all logs of a run.</summary>
    /// <param name="root">The folder that runs are kept below.</param>
    /// <param name="runId">The run.</param>
    internal static EarlierLogs Of(string root, string runId)
    {
        var logs = new EarlierLogs();
        string holder = RunDirectory.HolderIn(root);
        if (!Directory.Exists(holder))
            return logs;
        // By the date in their folders' names.
        foreach (string log in Directory.EnumerateFiles(holder, $"run-{runId}.wandb", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            logs.Read(log);
        return logs;
    }

    private void Read(string log)
    {
        try
        {
            using var reader = new TransactionLogReader(log);
            while (reader.Read() is { } record)
            {
                if (record.RecordTypeCase == Record.RecordTypeOneofCase.History)
                    LastStep = Math.Max(LastStep, record.History.Step?.Num ?? 0);
                else if (record.RecordTypeCase == Record.RecordTypeOneofCase.Summary)
                    Add(record.Summary);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // Cut or damaged: what comes before is what counts.
        }
    }

    private void Add(SummaryRecord record)
    {
        foreach (SummaryItem item in record.Update.Where(item => item.Key.Length > 0))
            summary[item.Key] = BestValue.Of(summary.GetValueOrDefault(item.Key, ""), item.ValueJson);
    }
}
