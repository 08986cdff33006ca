using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb;

/// <summary>What happens in a run, as records of its log. <see cref="RunBeginning"/> makes the first ones.</summary>
internal static class RunRecords
{
    internal static Record Config(JsonObject values)
    {
        var config = new ConfigRecord();
        config.Update.Add(values.Select(value => new ConfigItem { Key = value.Key, ValueJson = WandbJson.Serialize(value.Value) }));
        return new Record { Config = config };
    }

    internal static Record Metric(MetricDefinition metric) => new()
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
    };

    internal static Record History(long step, IEnumerable<(string Key, string Json)> values)
    {
        var history = new HistoryRecord { Step = new HistoryStep { Num = step } };
        history.Item.Add(values.Select(value => new HistoryItem { Key = value.Key, ValueJson = value.Json }));
        return new Record { History = history };
    }

    internal static Record Summary(IEnumerable<(string Key, string Json)> values)
    {
        var update = new SummaryRecord();
        update.Update.Add(values.Select(value => new SummaryItem { Key = value.Key, ValueJson = value.Json }));
        return new Record { Summary = update };
    }

    internal static Record Stats(SystemSample sample)
    {
        var stats = new StatsRecord { Timestamp = Timestamp.FromDateTimeOffset(sample.Time) };
        stats.Item.Add(sample.Values.Select(value => new StatsItem { Key = value.Key, ValueJson = WandbJson.Serialize(value.Value) }));
        return new Record { Stats = stats };
    }

    internal static Record Console(ConsoleText text) => new()
    {
        OutputRaw = new OutputRawRecord
        {
            OutputType = text.Stream == ConsoleStream.Error ? OutputRawRecord.Types.OutputType.Stderr : OutputRawRecord.Types.OutputType.Stdout,
            Timestamp = Timestamp.FromDateTimeOffset(text.Time),
            Line = text.Text,
        },
    };

    internal static Record File(string path, FilesItem.Types.FileType type) => new()
    {
        Files = new FilesRecord { Files = { new FilesItem { Path = path, Type = type } } },
    };

    /// <summary>The records that every finished log ends with.</summary>
    internal static IEnumerable<Record> End(int exitCode, int seconds)
    {
        var runtime = new SummaryRecord();
        runtime.Update.Add(new SummaryItem { NestedKey = { "_wandb", "runtime" }, ValueJson = $"{seconds}" });
        return
        [
            new Record { Summary = runtime },
            new Record { Exit = new RunExitRecord { ExitCode = exitCode, Runtime = seconds }, Control = RunBeginning.Mailbox() },
            // Older versions of `wandb sync` take the exit code from here on only.
            new Record { Final = new FinalRecord() },
            new Record { Footer = new FooterRecord() },
        ];
    }
}
