using System.Text;
using System.Text.Json.Nodes;
using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb;

/// <summary>
/// Keeps a run as W&amp;B's own client does: a folder with a log of everything that happened, and the files beside it.
/// <c>wandb sync</c> uploads it at any time, finished or not.
/// </summary>
public abstract class WandbTracker : ITracker
{
    private readonly RunDirectory directory;
    private readonly TransactionLogWriter log;
    private readonly RunSummary summary;
    private readonly DateTimeOffset start;
    private long lastStep;
    private int models;

    /// <summary>Starts a run: makes its folder and writes how it began.</summary>
    /// <param name="options">What it is called.</param>
    /// <param name="offline">Whether uploading is left to <c>wandb sync</c>.</param>
    /// <exception cref="Online.WandbException">The run's id cannot be one.</exception>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    private protected WandbTracker(WandbRunOptions options, bool offline)
    {
        WandbRunOptions.CheckId(options.RunId, nameof(WandbRunOptions.RunId));
        (RunId, start) = (options.RunId, options.Facts.StartedAt);
        // Online, the server knows better what it has.
        EarlierLogs earlier = offline && options.Resumed ? EarlierLogs.Of(options.Root, options.RunId) : new EarlierLogs();
        (lastStep, summary) = (earlier.LastStep, new RunSummary(earlier.Summary));
        try
        {
            directory = new RunDirectory(options.Root, options.RunId, start, offline);
            log = new TransactionLogWriter(directory.LogPath);
            foreach (Record record in RunBeginning.Of(options))
                log.Append(record);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log?.Dispose();
            if (directory is not null)
                Directory.Delete(directory.Path, recursive: true); // the beginning of a log is no run
            throw new IOException($"Cannot make a folder for the W&B run in {options.Root} ({e.Message.TrimEnd('.')}); make room, or name another with WANDB_DIR.", e);
        }
    }

    /// <summary>The run's id.</summary>
    public string RunId { get; }

    /// <summary>The run's folder, for <c>wandb sync</c>.</summary>
    public string Folder => directory.Path;

    /// <summary>The log, to be read while it grows.</summary>
    internal string LogPath => directory.LogPath;

    /// <summary>The folder of the files that the log names.</summary>
    internal string FilesPath => directory.FilesPath;

    /// <inheritdoc/>
    public void Configure(JsonObject values) => log.Append(RunRecords.Config(values));

    /// <inheritdoc/>
    public void Define(MetricDefinition metric)
    {
        summary.Define(metric);
        log.Append(RunRecords.Metric(metric));
    }

    /// <inheritdoc/>
    public void LogModel(ModelDescription model)
    {
        string key = $"graph_{models++}";
        MediaFile graph = MediaFile.Graph(key, model);
        Keep(graph.Path, graph.Content, FilesItem.Types.FileType.Media);
        log.Append(RunRecords.Summary([(key, WandbJson.Serialize(graph.Description))]));
        LogFile($"{model.Name}.txt", Encoding.UTF8.GetBytes(model.ToText()));
    }

    /// <inheritdoc/>
    /// <remarks>W&amp;B has one line per step, in order: one that does not come after the last is left out.</remarks>
    public void Log(TrackedStep step)
    {
        if (step.Step <= lastStep)
            return;
        lastStep = step.Step;
        List<(string Key, string Json)> values =
            [.. step.Scalars.Select(scalar => (scalar.Key, WandbJson.Serialize(scalar.Value)))];
        foreach (IGrouping<string, TrackedImage> group in step.Images.GroupBy(image => image.Key))
        {
            (MediaFile[] files, JsonObject description) = MediaFile.Images(group.Key, step.Step, [.. group]);
            foreach (MediaFile file in files)
                Keep(file.Path, file.Content, FilesItem.Types.FileType.Media);
            values.Add((group.Key, WandbJson.Serialize(description)));
        }

        values.Add(("_step", $"{step.Step}"));
        values.Add(("_timestamp", WandbJson.Serialize(step.Time.ToUnixTimeMilliseconds() / 1000.0)));
        values.Add(("_runtime", WandbJson.Serialize(Runtime(step.Time))));
        log.Append(RunRecords.History(step.Step, values));
        log.Append(RunRecords.Summary(values.Select(value => (value.Key, summary.Update(value.Key, step.Scalars, value.Json)))));
    }

    /// <summary>Does nothing: W&amp;B takes nothing back. What is logged of those steps again is left out.</summary>
    public void ForgetAfter(long step)
    {
    }

    /// <inheritdoc/>
    public void LogSystem(SystemSample sample) => log.Append(RunRecords.Stats(sample));

    /// <inheritdoc/>
    public void LogConsole(ConsoleText text) => log.Append(RunRecords.Console(text));

    /// <inheritdoc/>
    public void LogFile(string name, ReadOnlyMemory<byte> content) => Keep(name, content.Span, FilesItem.Types.FileType.Other);

    /// <inheritdoc/>
    public virtual void Finish(int exitCode)
    {
        foreach (Record record in RunRecords.End(exitCode, (int)Runtime(DateTimeOffset.UtcNow)))
            log.Append(record);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the log.</summary>
    protected virtual void Dispose(bool disposing) => log.Dispose();

    private double Runtime(DateTimeOffset time) => Math.Max(0, (time - start).TotalSeconds);

    // The file first: whoever follows the log must find it.
    private void Keep(string name, ReadOnlySpan<byte> content, FilesItem.Types.FileType type)
    {
        directory.WriteFile(name, content);
        log.Append(RunRecords.File(name, type));
    }
}
