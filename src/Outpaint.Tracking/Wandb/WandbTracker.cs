using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
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
    private readonly RunSummary summary = new();
    private readonly DateTimeOffset start;
    private long lastStep;
    private int models;

    /// <summary>Starts a run: makes its folder and writes how it began.</summary>
    /// <param name="options">What it is called.</param>
    /// <param name="offline">Whether uploading is left to <c>wandb sync</c>.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    private protected WandbTracker(WandbRunOptions options, bool offline)
    {
        (RunId, start) = (options.RunId, options.Facts.StartedAt);
        // Online, the server knows better what it has.
        lastStep = offline && options.Resumed ? EarlierLogs.LastStep(options.Root, options.RunId) : -1;
        directory = new RunDirectory(options.Root, options.RunId, start, offline);
        log = new TransactionLogWriter(directory.LogPath);
        foreach (Record record in RunBeginning.Of(options))
            log.Append(record);
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
    public void Configure(JsonObject values)
    {
        var config = new ConfigRecord();
        foreach ((string key, JsonNode? value) in values)
            config.Update.Add(new ConfigItem { Key = key, ValueJson = WandbJson.Serialize(value) });
        log.Append(new Record { Config = config });
    }

    /// <inheritdoc/>
    public void Define(MetricDefinition metric)
    {
        summary.Define(metric);
        log.Append(new Record
        {
            Metric = new MetricRecord
            {
                Name = metric.Name,
                StepMetric = metric.StepMetric ?? "",
                Options = new MetricOptions { Defined = true, StepSync = metric.StepMetric is not null },
                Summary = metric.Summary switch
                {
                    MetricSummary.Min => new Protocol.MetricSummary { Min = true },
                    MetricSummary.Max => new Protocol.MetricSummary { Max = true },
                    _ => null,
                },
                Goal = metric.Summary switch
                {
                    MetricSummary.Min => MetricRecord.Types.MetricGoal.GoalMinimize,
                    MetricSummary.Max => MetricRecord.Types.MetricGoal.GoalMaximize,
                    _ => MetricRecord.Types.MetricGoal.GoalUnset,
                },
            },
        });
    }

    /// <inheritdoc/>
    public void LogModel(ModelDescription model)
    {
        string key = $"graph_{models++}";
        MediaFile graph = MediaFile.Graph(key, model);
        Keep(graph.Path, graph.Content, FilesItem.Types.FileType.Media);
        UpdateSummary([(key, WandbJson.Serialize(graph.Description))]);
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
        var history = new HistoryRecord { Step = new HistoryStep { Num = step.Step } };
        history.Item.Add(values.Select(value => new HistoryItem { Key = value.Key, ValueJson = value.Json }));
        log.Append(new Record { History = history });
        UpdateSummary(values.Select(value => (value.Key, summary.Update(value.Key, step.Scalars, value.Json))));
    }

    /// <summary>Does nothing: W&amp;B takes nothing back. What is logged of those steps again is left out.</summary>
    public void ForgetAfter(long step)
    {
    }

    /// <inheritdoc/>
    public void LogSystem(SystemSample sample)
    {
        var stats = new StatsRecord { Timestamp = Timestamp.FromDateTimeOffset(sample.Time) };
        stats.Item.Add(sample.Values.Select(value => new StatsItem { Key = value.Key, ValueJson = WandbJson.Serialize(value.Value) }));
        log.Append(new Record { Stats = stats });
    }

    /// <inheritdoc/>
    public void LogConsole(ConsoleText text) => log.Append(new Record
    {
        OutputRaw = new OutputRawRecord
        {
            OutputType = text.Stream == ConsoleStream.Error ? OutputRawRecord.Types.OutputType.Stderr : OutputRawRecord.Types.OutputType.Stdout,
            Timestamp = Timestamp.FromDateTimeOffset(text.Time),
            Line = text.Text,
        },
    });

    /// <inheritdoc/>
    public void LogFile(string name, ReadOnlyMemory<byte> content) => Keep(name, content.Span, FilesItem.Types.FileType.Other);

    /// <inheritdoc/>
    public virtual void Finish(int exitCode)
    {
        int seconds = (int)Runtime(DateTimeOffset.UtcNow);
        var runtime = new SummaryRecord();
        runtime.Update.Add(new SummaryItem { NestedKey = { "_wandb", "runtime" }, ValueJson = $"{seconds}" });
        log.Append(new Record { Summary = runtime });
        log.Append(new Record { Exit = new RunExitRecord { ExitCode = exitCode, Runtime = seconds }, Control = RunBeginning.Mailbox() });
        // Older versions of `wandb sync` take the exit code from here on only.
        log.Append(new Record { Final = new FinalRecord() });
        log.Append(new Record { Footer = new FooterRecord() });
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
        log.Append(new Record { Files = new FilesRecord { Files = { new FilesItem { Path = name, Type = type } } } });
    }

    private void UpdateSummary(IEnumerable<(string Key, string Json)> values)
    {
        var update = new SummaryRecord();
        update.Update.Add(values.Select(value => new SummaryItem { Key = value.Key, ValueJson = value.Json }));
        log.Append(new Record { Summary = update });
    }
}
