using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb;

/// <summary>What earlier parts of a run recorded on this machine.</summary>
internal static class EarlierLogs
{
    /// <summary>The last step of a run that any of its logs holds, or -1.</summary>
    internal static long LastStep(string root, string runId)
    {
        string holder = RunDirectory.HolderIn(root);
        return Directory.Exists(holder)
            ? Directory.EnumerateFiles(holder, $"run-{runId}.wandb", SearchOption.AllDirectories).Select(LastStep).Append(-1).Max()
            : -1;
    }

    private static long LastStep(string log)
    {
        long last = -1;
        try
        {
            using var reader = new TransactionLogReader(log);
            while (reader.Read() is { } record)
            {
                if (record.RecordTypeCase == Record.RecordTypeOneofCase.History)
                    last = Math.Max(last, record.History.Step?.Num ?? 0);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // Cut or damaged: what comes before is what counts.
        }

        return last;
    }
}
