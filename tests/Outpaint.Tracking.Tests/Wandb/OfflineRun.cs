using Outpaint.Tracking.Wandb;
using Record = Outpaint.Tracking.Wandb.Protocol.Record;

namespace Outpaint.Tracking.Tests.Wandb;

/// <summary>An offline run in a temporary folder, and what its log holds.</summary>
internal sealed class OfflineRun : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static DateTimeOffset StartedAt { get; } = new(2026, 11, 22, 9, 47, 13, TimeSpan.Zero);

    public string Root => folder.Path;

    public string FilesPath => Path.Combine(Directory.GetDirectories(folder.File("wandb")).Single(), "files");

    public WandbRunOptions Options => new() { Root = Root, RunId = "abc12345", Facts = new RunFacts { StartedAt = StartedAt } };

    public WandbOfflineTracker Start() => new(Options);

    public List<Record> Record(Action<ITracker> log) => Record(Options, log);

    public static List<Record> Record(WandbRunOptions options, Action<ITracker> log)
    {
        using var tracker = new WandbOfflineTracker(options);
        log(tracker);
        return Read(tracker.LogPath);
    }

    public static List<Record> Read(string path)
    {
        using var reader = new TransactionLogReader(path);
        var records = new List<Record>();
        while (reader.Read() is { } record)
            records.Add(record);
        Assert.False(reader.EndsInsideRecord);
        return records;
    }

    public void Dispose() => folder.Dispose();
}
