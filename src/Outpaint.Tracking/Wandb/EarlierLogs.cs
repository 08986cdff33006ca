using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb;

/// <summary>What earlier parts of a run left on this machine.</summary>
public static class EarlierLogs
{
    /// <summary>The id of the last run below a folder, or null if there was none.</summary>
    /// <param name="root">The folder that holds a folder <c>wandb</c>.</param>
    public static string? LastRunId(string root) => Runs(root).OrderBy(run => run.Time, StringComparer.Ordinal).LastOrDefault().Id;

    /// <summary>The last step of a run that any of its logs holds, or -1.</summary>
    internal static long LastStep(string root, string runId) =>
        Runs(root).Where(run => run.Id == runId).Select(run => LastStep(Path.Combine(run.Folder, $"run-{runId}.wandb"))).Append(-1).Max();

    private static IEnumerable<(string Folder, string Time, string Id)> Runs(string root)
    {
        string holder = RunDirectory.HolderIn(root);
        if (!Directory.Exists(holder))
            return [];
        // run, time, id: the time sorts as text, and an id may hold dashes.
        return Directory.EnumerateDirectories(holder, "*run-*-*")
            .Select(folder => (Folder: folder, Parts: Path.GetFileName(folder).Replace(RunDirectory.OfflinePrefix, "", StringComparison.Ordinal).Split('-', 3)))
            .Where(run => run.Parts.Length == 3)
            .Select(run => (run.Folder, run.Parts[1], run.Parts[2]));
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
