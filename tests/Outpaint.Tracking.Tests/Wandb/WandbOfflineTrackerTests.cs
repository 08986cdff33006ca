using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Outpaint.Tracking.Wandb;
using Outpaint.Tracking.Wandb.Online;
using Outpaint.Tracking.Wandb.Protocol;
using Kind = Outpaint.Tracking.Wandb.Protocol.Record.RecordTypeOneofCase;
using MetricSummary = Outpaint.Tracking.MetricSummary;
using Record = Outpaint.Tracking.Wandb.Protocol.Record;

namespace Outpaint.Tracking.Tests.Wandb;

public sealed class WandbOfflineTrackerTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 47, 13, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_directory_is_laid_out_as_the_official_client_does()
    {
        using WandbOfflineTracker tracker = StartRun();

        string time = $"{Start.ToLocalTime():yyyyMMdd_HHmmss}";
        Assert.Equal(Path.Combine(folder.Path, "wandb", $"offline-run-{time}-abc12345"), tracker.Folder);
        Assert.Equal(["files", "run-abc12345.wandb"], Directory.GetFileSystemEntries(tracker.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_hidden_folder_is_used_where_there_is_one()
    {
        Directory.CreateDirectory(folder.File(".wandb"));
        using WandbOfflineTracker tracker = StartRun();
        Assert.StartsWith(folder.File(".wandb"), tracker.Folder);
    }

    [Fact]
    public void Records_come_in_the_order_that_sync_needs()
    {
        List<Record> records = Record(tracker =>
        {
            tracker.Configure(new JsonObject { ["lr"] = 0.0002, ["arch"] = new JsonObject { ["width"] = 64 } });
            tracker.Define(new MetricDefinition("val/fid", "images", MetricSummary.Min));
            tracker.Log(new TrackedStep(0, new Dictionary<string, double> { ["loss"] = 1 }));
            tracker.LogSystem(new SystemSample(Start, new Dictionary<string, double> { ["cpu"] = 12.5 }));
            tracker.LogConsole(new ConsoleText(Start, ConsoleStream.Output, "epoch done\n"));
            tracker.Finish(3);
        });

        Assert.Equal(
            [
                Kind.Header, Kind.Run, Kind.Telemetry, Kind.Environment, Kind.Config, Kind.Metric, Kind.History, Kind.Summary,
                Kind.Stats, Kind.OutputRaw, Kind.Summary, Kind.Exit, Kind.Final, Kind.Footer,
            ],
            records.Select(record => record.RecordTypeCase));
        Assert.Equal(Enumerable.Range(1, records.Count).Select(number => (long)number), records.Select(record => record.Num));
        // Without an address for an answer, `wandb sync` up to 0.28.2 never ends.
        Assert.All(records.Where(record => record.Run is not null || record.Exit is not null), record => Assert.NotEmpty(record.Control.MailboxSlot));
        Assert.Equal(3, records.Single(record => record.Exit is not null).Exit.ExitCode);
        Assert.Equal("0.70.0", records[0].Header.VersionInfo.MinConsumer);
        Assert.NotEmpty(records[2].Telemetry.CliVersion);
        Assert.Equal([("lr", "0.0002"), ("arch", """{"width":64}""")], records[4].Config.Update.Select(item => (item.Key, item.ValueJson)));
        MetricRecord metric = records[5].Metric;
        Assert.Equal(("val/fid", "images", true, true, true), (metric.Name, metric.StepMetric, metric.Options.Defined, metric.Options.StepSync, metric.Summary.Min));
        Assert.Equal("_wandb.runtime", string.Join('.', records[10].Summary.Update.Single().NestedKey));
    }

    [Fact]
    public void The_run_says_what_it_is_called_and_where_it_ran()
    {
        var facts = new RunFacts
        {
            StartedAt = Start,
            Host = "machine",
            Program = "outpaint",
            Arguments = ["train", "--lr", "0.1"],
            Git = new GitState("0123abcd", "https://example.com/outpaint.git"),
            Cores = 4,
            LogicalCores = 8,
            Memory = 1 << 30,
            Gpus = [new GpuFacts("H100", 80L << 30)],
        };
        var options = new WandbRunOptions
        {
            Root = folder.Path,
            RunId = "r",
            Project = "p",
            Entity = "e",
            Name = "n ünïcode 中",
            Tags = ["a", "b"],
            Notes = "notes",
            Group = "g",
            JobType = "train",
            Resumed = true,
            Facts = facts,
        };

        List<Record> records = Record(options, _ => { });

        RunRecord run = records[1].Run;
        Assert.Equal(("r", "p", "e", "n ünïcode 中", "notes", "g", "train"), (run.RunId, run.Project, run.Entity, run.DisplayName, run.Notes, run.RunGroup, run.JobType));
        Assert.Equal(["a", "b"], run.Tags);
        Assert.Equal((Start, true, "machine"), (run.StartTime.ToDateTimeOffset(), run.Resumed, run.Host));
        Assert.Equal(("0123abcd", "https://example.com/outpaint.git"), (run.Git.Commit, run.Git.RemoteUrl));
        EnvironmentRecord machine = records[3].Environment;
        Assert.Equal(["train", "--lr", "0.1"], machine.Args);
        Assert.Equal((4u, 8u, 1ul << 30, "H100", 1u), (machine.CpuCount, machine.CpuCountLogical, machine.Memory.Total, machine.GpuType, machine.GpuCount));
    }

    [Fact]
    public void A_step_holds_its_number_its_time_and_numbers_that_are_none()
    {
        List<Record> records = Record(tracker => tracker.Log(new TrackedStep(7, new Dictionary<string, double>
        {
            ["loss/größe 键"] = double.NaN,
            ["up"] = double.PositiveInfinity,
        })
        { Time = Start.AddSeconds(2.5) }));

        HistoryRecord history = records[^2].History;
        Assert.Equal(7, history.Step.Num);
        Assert.Equal(
            [("loss/größe 键", "NaN"), ("up", "Infinity"), ("_step", "7"), ("_timestamp", "1795340835.5"), ("_runtime", "2.5")],
            history.Item.Select(item => (item.Key, item.ValueJson)));
        Assert.Equal(history.Item.Select(item => (item.Key, item.ValueJson)), records[^1].Summary.Update.Select(item => (item.Key, item.ValueJson)));
    }

    [Fact]
    public void A_step_that_does_not_come_after_the_last_is_left_out()
    {
        List<Record> records = Record(tracker =>
        {
            foreach (long step in (long[])[0, 10, 10, 5, 11])
                tracker.Log(new TrackedStep(step, new Dictionary<string, double> { ["loss"] = step }));
        });

        Assert.Equal([0, 10, 11], records.Where(record => record.History is not null).Select(record => record.History.Step.Num));
    }

    [Fact]
    public void The_best_value_of_a_metric_stands_for_the_run_if_asked()
    {
        List<Record> records = Record(tracker =>
        {
            tracker.Define(new MetricDefinition("fid", Summary: MetricSummary.Min));
            tracker.Define(new MetricDefinition("psnr", Summary: MetricSummary.Max));
            foreach ((long step, double fid, double psnr) in ((long, double, double)[])[(1, double.NaN, 1), (2, 50, 3), (3, 60, 2)])
                tracker.Log(new TrackedStep(step, new Dictionary<string, double> { ["fid"] = fid, ["psnr"] = psnr }));
        });

        Assert.Equal(
            ["""{"min":NaN} {"max":1}""", """{"min":50} {"max":3}""", """{"min":50} {"max":3}"""],
            records.Where(record => record.Summary is not null).Select(record => $"{record.Summary.Update[0].ValueJson} {record.Summary.Update[1].ValueJson}"));
    }

    [Fact]
    public void An_image_is_a_file_that_the_log_names_before_the_step_does()
    {
        byte[] png = Png.OfSize(24, 16);
        string hash = Convert.ToHexStringLower(SHA256.HashData(png));
        var options = new WandbRunOptions { Root = folder.Path, RunId = "r" };

        List<Record> records = Record(options, tracker => tracker.Log(new TrackedStep(5, new Dictionary<string, double>()) { Images = [new TrackedImage("samples", png, "step 5")] }));

        FilesItem file = records[^3].Files.Files.Single();
        Assert.Equal(($"media/images/samples_5_{hash[..20]}.png", FilesItem.Types.FileType.Media), (file.Path, file.Type));
        Assert.Equal(png, File.ReadAllBytes(Path.Combine(FilesOf("r"), file.Path)));
        Assert.Equal(
            $$"""{"_type":"image-file","sha256":"{{hash}}","size":{{png.Length}},"path":"{{file.Path}}","format":"png","width":24,"height":16,"caption":"step 5"}""",
            records[^2].History.Item[0].ValueJson);
    }

    [Fact]
    public void Images_of_one_key_stand_side_by_side()
    {
        var images = Enumerable.Range(0, 3).Select(i => new TrackedImage("grid/../list", Png.OfSize(8, 8, (byte)i), $"s{i}"));

        List<Record> records = Record(tracker => tracker.Log(new TrackedStep(1, new Dictionary<string, double>()) { Images = [.. images] }));

        string[] paths = [.. records.Where(record => record.Files is not null).Select(record => record.Files.Files.Single().Path)];
        Assert.Equal(["media/images/grid/__/list_1_0.png", "media/images/grid/__/list_1_1.png", "media/images/grid/__/list_1_2.png"], paths);
        Assert.Equal(
            $$"""{"_type":"images/separated","width":8,"height":8,"format":"png","count":3,"filenames":["{{string.Join("\",\"", paths)}}"],"captions":["s0","s1","s2"]}""",
            records[^2].History.Item[0].ValueJson);
    }

    [Fact]
    public void A_network_is_a_graph_file_and_a_text()
    {
        var model = new ModelDescription("critic", [new LayerDescription("conv1", "Conv2d(3, 64, 4)", [1, 64, 32, 32], [new("weight", [64, 3, 4, 4]), new("bias", [64])])]);
        var options = new WandbRunOptions { Root = folder.Path, RunId = "r" };

        List<Record> records = Record(options, tracker => tracker.LogModel(model));

        SummaryItem summary = records.Single(record => record.Summary is not null).Summary.Update.Single();
        Assert.Equal("graph_0", summary.Key);
        string path = JsonDocument.Parse(summary.ValueJson).RootElement.GetProperty("path").GetString()!;
        Assert.Matches(new Regex("^media/graph/graph_0_summary_[0-9a-f]{20}[.]graph[.]json$"), path);
        Assert.Equal(
            """{"format":"torch","nodes":[{"name":"conv1","id":1,"class_name":"Conv2d(3, 64, 4)","parameters":[["weight",[64,3,4,4]],["bias",[64]]],"output_shape":[1,64,32,32],"num_parameters":[3072,64]}],"edges":[]}""",
            File.ReadAllText(Path.Combine(FilesOf("r"), path)));
        Assert.Contains("3,136", File.ReadAllText(Path.Combine(FilesOf("r"), "critic.txt")));
    }

    [Fact]
    public void A_run_that_is_killed_leaves_all_it_logged()
    {
        using WandbOfflineTracker tracker = StartRun();
        for (int step = 0; step < 20; step++)
            tracker.Log(new TrackedStep(step, new Dictionary<string, double> { ["loss"] = step }));

        // As after a kill: nothing was finished, flushed or closed.
        List<Record> records = ReadLog(tracker.LogPath);
        Assert.Equal(20, records.Count(record => record.History is not null));
    }

    [Fact]
    public void A_run_continues_under_its_id_in_a_folder_of_its_own_after_its_last_step()
    {
        using WandbOfflineTracker first = StartRun();
        foreach (long step in (long[])[10, 20, 30])
            first.Log(new TrackedStep(step, new Dictionary<string, double>()));

        using var second = new WandbOfflineTracker(new WandbRunOptions { Root = folder.Path, RunId = "abc12345", Resumed = true, Facts = new RunFacts { StartedAt = Start } });
        second.ForgetAfter(20);
        foreach (long step in (long[])[25, 30, 35]) // from a checkpoint before the end
            second.Log(new TrackedStep(step, new Dictionary<string, double>()));

        Assert.NotEqual(first.Folder, second.Folder);
        Assert.Equal([35], ReadLog(second.LogPath).Where(record => record.History is not null).Select(record => record.History.Step.Num));
    }

    [Fact]
    public void Names_come_from_the_variables_of_the_official_client()
    {
        var variables = new Dictionary<string, string>
        {
            ["WANDB_PROJECT"] = "p",
            ["WANDB_ENTITY"] = "e",
            ["WANDB_NAME"] = "n",
            ["WANDB_TAGS"] = "a, b,",
            ["WANDB_NOTES"] = "notes",
            ["WANDB_RUN_GROUP"] = "g",
            ["WANDB_JOB_TYPE"] = "j",
            ["WANDB_RUN_ID"] = "id",
            ["WANDB_DIR"] = "dir",
        };

        WandbRunOptions options = WandbRunOptions.FromEnvironment(variables.GetValueOrDefault);

        Assert.Equal(("p", "e", "n", "notes", "g", "j", "id", "dir"), (options.Project, options.Entity, options.Name, options.Notes, options.Group, options.JobType, options.RunId, options.Root));
        Assert.Equal(["a", "b"], options.Tags);
        Assert.Matches("^[a-z0-9]{8}$", WandbRunOptions.FromEnvironment(_ => null).RunId);
        Assert.Throws<WandbException>(() => WandbRunOptions.FromEnvironment(_ => "a/b"));
    }

    private WandbOfflineTracker StartRun() =>
        new(new WandbRunOptions { Root = folder.Path, RunId = "abc12345", Facts = new RunFacts { StartedAt = Start } });

    private string FilesOf(string id) => Path.Combine(Directory.GetDirectories(folder.File("wandb"), $"*-{id}").Single(), "files");

    private List<Record> Record(Action<ITracker> run) =>
        Record(new WandbRunOptions { Root = folder.Path, RunId = "r", Facts = new RunFacts { StartedAt = Start } }, run);

    private static List<Record> Record(WandbRunOptions options, Action<ITracker> run)
    {
        using var tracker = new WandbOfflineTracker(options);
        run(tracker);
        return ReadLog(tracker.LogPath);
    }

    private static List<Record> ReadLog(string path)
    {
        using var reader = new TransactionLogReader(path);
        var records = new List<Record>();
        while (reader.Read() is { } record)
            records.Add(record);
        Assert.False(reader.EndsInsideRecord);
        return records;
    }
}
