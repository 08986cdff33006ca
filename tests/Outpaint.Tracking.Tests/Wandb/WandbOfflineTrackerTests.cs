using System.Text.Json.Nodes;
using Outpaint.Tracking.Wandb;
using Outpaint.Tracking.Wandb.Online;
using Outpaint.Tracking.Wandb.Protocol;
using Kind = Outpaint.Tracking.Wandb.Protocol.Record.RecordTypeOneofCase;
using MetricSummary = Outpaint.Tracking.MetricSummary;
using Record = Outpaint.Tracking.Wandb.Protocol.Record;

namespace Outpaint.Tracking.Tests.Wandb;

public sealed class WandbOfflineTrackerTests : IDisposable
{
    private readonly OfflineRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void A_run_directory_is_laid_out_as_the_official_client_does()
    {
        using WandbOfflineTracker tracker = run.Start();

        string time = $"{OfflineRun.StartedAt.ToLocalTime():yyyyMMdd_HHmmss}";
        Assert.Equal(Path.Combine(run.Root, "wandb", $"offline-run-{time}-abc12345"), tracker.Folder);
        Assert.Equal(["files", "run-abc12345.wandb"], Directory.GetFileSystemEntries(tracker.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_that_says_what_to_do()
    {
        File.WriteAllText(Path.Combine(run.Root, "wandb"), "a file in the way");

        var error = Assert.Throws<IOException>(() => run.Start());

        Assert.StartsWith($"Cannot make a folder for the W&B run in {run.Root} (", error.Message);
        Assert.EndsWith("; make room, or name another with WANDB_DIR.", error.Message);
    }

    [Fact]
    public void So_is_a_log_that_cannot_be_begun_and_its_folder_goes_again()
    {
        // The longest path that the system takes, 4095 bytes, is that of the folder; the log's is longer.
        string root = run.Root;
        int length = 4095 - "/wandb/offline-run-yyyyMMdd_HHmmss-abc12345/files".Length;
        while (root.Length < length - 200)
            root += "/" + new string('d', 100);
        root += "/" + new string('d', length - root.Length - 1);
        Directory.CreateDirectory(root);

        var error = Assert.Throws<IOException>(() => new WandbOfflineTracker(run.Options with { Root = root }));

        Assert.StartsWith($"Cannot make a folder for the W&B run in {root} (", error.Message);
        Assert.EndsWith("; make room, or name another with WANDB_DIR.", error.Message);
        Assert.Empty(Directory.GetDirectories(Path.Combine(root, "wandb")));
    }

    [Fact]
    public void A_hidden_folder_is_used_where_there_is_one()
    {
        Directory.CreateDirectory(Path.Combine(run.Root, ".wandb"));
        using WandbOfflineTracker tracker = run.Start();
        Assert.StartsWith(Path.Combine(run.Root, ".wandb"), tracker.Folder);
    }

    [Fact]
    public void Records_come_in_the_order_that_sync_needs()
    {
        List<Record> records = run.Record(tracker =>
        {
            tracker.Configure(new JsonObject { ["lr"] = 0.0002, ["arch"] = new JsonObject { ["width"] = 64 } });
            tracker.Define(new MetricDefinition("val/fid", "images", MetricSummary.Min));
            tracker.Log(new TrackedStep(0, new Dictionary<string, double> { ["loss"] = 1 }));
            tracker.LogSystem(new SystemSample(OfflineRun.StartedAt, new Dictionary<string, double> { ["cpu"] = 12.5 }));
            tracker.LogConsole(new ConsoleText(OfflineRun.StartedAt, ConsoleStream.Output, "epoch done\n"));
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
            StartedAt = OfflineRun.StartedAt,
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
            Root = run.Root,
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

        List<Record> records = OfflineRun.Record(options, _ => { });

        RunRecord named = records[1].Run;
        Assert.Equal(("r", "p", "e", "n ünïcode 中", "notes", "g", "train"), (named.RunId, named.Project, named.Entity, named.DisplayName, named.Notes, named.RunGroup, named.JobType));
        Assert.Equal(["a", "b"], named.Tags);
        Assert.Equal((OfflineRun.StartedAt, true, "machine"), (named.StartTime.ToDateTimeOffset(), named.Resumed, named.Host));
        Assert.Equal(("0123abcd", "https://example.com/outpaint.git"), (named.Git.Commit, named.Git.RemoteUrl));
        EnvironmentRecord machine = records[3].Environment;
        Assert.Equal(["train", "--lr", "0.1"], machine.Args);
        Assert.Equal((4u, 8u, 1ul << 30, "H100", 1u), (machine.CpuCount, machine.CpuCountLogical, machine.Memory.Total, machine.GpuType, machine.GpuCount));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("")]
    public void Files_outside_the_folder_of_a_run_are_refused(string name)
    {
        List<Record> records = run.Record(tracker => Assert.Throws<ArgumentException>(() => tracker.LogFile(name, "hi"u8.ToArray())));

        Assert.DoesNotContain(records, record => record.Files is not null);
        Assert.Empty(Directory.GetFileSystemEntries(run.FilesPath));
    }

    [Theory]
    [InlineData("a/b:c")]
    [InlineData("../../x")]
    [InlineData("")]
    public void An_id_that_the_server_would_refuse_makes_no_folder(string id)
    {
        var error = Assert.Throws<WandbException>(() => new WandbOfflineTracker(run.Options with { RunId = id }));

        Assert.Equal($"RunId is '{id}'; a run's id is not empty and holds none of :;,#?/'", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(run.Root));
    }

    [Fact]
    public void A_run_that_is_killed_leaves_all_it_logged()
    {
        using WandbOfflineTracker tracker = run.Start();
        for (int step = 0; step < 20; step++)
            tracker.Log(new TrackedStep(step, new Dictionary<string, double> { ["loss"] = step }));

        // As after a kill: nothing was finished, flushed or closed.
        List<Record> records = OfflineRun.Read(tracker.LogPath);
        Assert.Equal(20, records.Count(record => record.History is not null));
    }

    [Fact]
    public void A_run_continues_under_its_id_in_a_folder_of_its_own_after_its_last_step()
    {
        using WandbOfflineTracker first = run.Start();
        foreach (long step in (long[])[10, 20, 30])
            first.Log(new TrackedStep(step, new Dictionary<string, double>()));

        using var second = new WandbOfflineTracker(run.Options with { Resumed = true });
        second.ForgetAfter(20);
        foreach (long step in (long[])[25, 30, 35]) // from a checkpoint before the end
            second.Log(new TrackedStep(step, new Dictionary<string, double>()));

        Assert.NotEqual(first.Folder, second.Folder);
        Assert.Equal([35], OfflineRun.Read(second.LogPath).Where(record => record.History is not null).Select(record => record.History.Step.Num));
    }

    [Fact]
    public void The_best_value_of_all_parts_stands_for_a_run_that_was_continued()
    {
        static void Log(WandbOfflineTracker tracker, long step, double fid)
        {
            tracker.Define(new MetricDefinition("fid", Summary: MetricSummary.Min));
            tracker.Log(new TrackedStep(step, new Dictionary<string, double> { ["fid"] = fid }));
        }

        using WandbOfflineTracker first = run.Start();
        Log(first, 1, 30);
        using var second = new WandbOfflineTracker(run.Options with { Resumed = true });
        Log(second, 2, 33);

        Assert.Equal("""{"min":30}""", OfflineRun.Read(second.LogPath).Last(record => record.Summary is not null).Summary.Update[0].ValueJson);
    }
}
