using System.Text.Json.Nodes;
using Outpaint.Tracking.Wandb.Online;

namespace Outpaint.Tracking.Tests.Wandb.Online;

public sealed class OnlineResumeTests : IDisposable
{
    private readonly OnlineRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_resumed_run_goes_on_where_the_server_has_it()
    {
        Resume(ResumeMode.Allow, FromTheOfficialTranscript());
        run.Server.Fault = FailOnce("file_stream", ServerFault.Status(429, "2"));
        run.Start();
        run.Tracker.Configure(new JsonObject { ["lr"] = 0.2, ["new"] = 1 });
        run.Tracker.LogConsole(new ConsoleText(run.Clock.GetUtcNow(), ConsoleStream.Output, "hello\n"));
        run.Tracker.LogSystem(new SystemSample(run.Clock.GetUtcNow(), new Dictionary<string, double> { ["cpu"] = 1 }));
        await run.TrainAsync(4, firstStep: 40); // a checkpoint is older than the last line
        run.Finish();

        ServerSideRun arrived = run.Server.Run;
        string[] history = arrived.Lines("wandb-history.jsonl", first: 42);
        Assert.Equal(2, history.Length);
        Assert.Contains("\"_step\":42,", history[0]);
        // 100 seconds of before, two steps, and at most the time that the server has to answer.
        Assert.InRange((double)JsonNode.Parse(history[0])!["_runtime"]!, 120, 130);
        Assert.Contains("\"_step\":43,", history[1]);
        Assert.Single(arrived.Lines("wandb-events.jsonl", first: 7));
        Assert.Single(arrived.Lines("output.log", first: 12));
        Assert.Equal("W&B has this run up to step 41 already; what is logged before step 42 is not sent again.", run.Told[^1]);

        Assert.Equal(["_wandb", "lr", "new", "old_only"], arrived.Config.Select(member => member.Key).Order());
        Assert.Equal(0.2, (double)arrived.Config["lr"]!["value"]!);
        JsonObject announced = run.Server.RequestsOf("UpsertBucket")[0].Variables;
        Assert.Equal("STORAGEID==", (string)announced["id"]!);
        Assert.Equal("""["old"]""", announced["tags"]!.ToJsonString());
        JsonNode summary = JsonNode.Parse(arrived.Summary)!;
        Assert.Equal(43, (int)summary["_step"]!);
        Assert.Equal("kept", (string)summary["other"]!);
        Assert.True((int)summary["_wandb"]!["runtime"]! >= 100);
        Assert.Equal("""{"starting_step":42}""", File.ReadAllText(Path.Combine(run.Tracker.Folder, "run-run1.wandb.syncstate")));
    }

    [Fact]
    public async Task Steps_that_the_server_has_do_not_take_its_summary_back()
    {
        Resume(ResumeMode.Allow, FromTheOfficialTranscript());
        run.Start();
        await run.TrainAsync(1, firstStep: 30);
        run.Finish();

        Assert.Equal(41, (int)JsonNode.Parse(run.Server.Run.Summary)!["_step"]!);
    }

    [Fact]
    public async Task The_best_value_of_before_goes_on_standing_for_the_run()
    {
        JsonObject earlier = FromTheOfficialTranscript();
        earlier["summaryMetrics"] = """{"_step": 41, "loss": {"min": 0.001}}""";
        Resume(ResumeMode.Allow, earlier);
        run.Start();
        run.Tracker.Define(new MetricDefinition("loss", Summary: MetricSummary.Min));
        await run.TrainAsync(1, firstStep: 42);
        run.Finish();

        Assert.Equal(0.001, (double)JsonNode.Parse(run.Server.Run.Summary)!["loss"]!["min"]!);
    }

    [Fact]
    public async Task A_run_with_nan_in_its_last_line_can_be_resumed()
    {
        JsonObject earlier = FromTheOfficialTranscript();
        earlier["historyTail"] = """["{\"_step\": 41, \"loss\": NaN, \"text\": \"NaN \\\"Infinity\\\"\"}"]""";
        earlier["summaryMetrics"] = """{"_step": 41, "loss": NaN, "big": -Infinity, "text": "NaN"}""";
        Resume(ResumeMode.Must, earlier);
        run.Start();
        await run.TrainAsync(1, firstStep: 42);
        run.Finish();

        Assert.Single(run.Server.Run.Lines("wandb-history.jsonl", first: 42));
        Assert.Equal("NaN", (string)JsonNode.Parse(run.Server.Run.Summary)!["text"]!);
    }

    [Fact]
    public async Task A_configuration_without_wrappers_is_taken_over_too()
    {
        JsonObject earlier = FromTheOfficialTranscript();
        earlier["config"] = """{"plain": 3, "nested": {"a": 1}, "twice": {"value": 1}, "twice": {"value": 2}}""";
        Resume(ResumeMode.Must, earlier);
        run.Start();
        await run.TrainAsync(1, firstStep: 42);
        run.Finish();

        Assert.Equal("""{"value":3}""", run.Server.Run.Config["plain"]!.ToJsonString());
        Assert.Equal("""{"value":{"a":1}}""", run.Server.Run.Config["nested"]!.ToJsonString());
        Assert.Equal("""{"value":2}""", run.Server.Run.Config["twice"]!.ToJsonString());
    }

    [Fact]
    public async Task A_run_that_is_not_there_starts_from_nothing()
    {
        Resume(ResumeMode.Allow, earlier: null);
        run.Start();
        await run.TrainAsync(2);
        run.Finish();

        Assert.Equal(2, run.Server.Run.Lines("wandb-history.jsonl").Length);
    }

    [Fact]
    public void Must_without_a_run_is_an_error_and_leaves_nothing_behind()
    {
        Resume(ResumeMode.Must, earlier: null);

        var error = Assert.Throws<WandbException>(() => run.Start());

        Assert.Equal("W&B has no run run1 to resume; check the id, or use --wandb_resume allow.", error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(run.Root, "wandb")));
    }

    [Fact]
    public void Never_with_a_run_is_an_error()
    {
        Resume(ResumeMode.Never, FromTheOfficialTranscript());

        var error = Assert.Throws<WandbException>(() => run.Start());

        Assert.Equal("W&B has a run run1 already; choose another id, or use --wandb_resume allow.", error.Message);
        Assert.Empty(run.Server.RequestsOf("UpsertBucket"));
    }

    [Fact]
    public void A_run_that_was_announced_but_never_ran_does_not_count()
    {
        JsonObject announced = FromTheOfficialTranscript();
        announced["wandbConfig"] = "{}";
        Resume(ResumeMode.Must, announced);

        Assert.Throws<WandbException>(() => run.Start());
    }

    [Fact]
    public void Must_without_a_network_is_an_error_since_nobody_knows()
    {
        Resume(ResumeMode.Must, earlier: null);
        run.Network.IsDown = _ => true;

        var error = Assert.Throws<WandbException>(() => run.Start());

        Assert.Contains("cannot be reached (no route to host), so run run1 cannot be resumed", error.Message);
    }

    [Fact]
    public async Task Lines_of_a_run_of_the_same_id_are_not_written_over()
    {
        run.Server.HistoryLineCount = 5;
        run.Start();
        await run.TrainAsync(2);
        run.Finish();

        Assert.Equal(2, run.Server.Run.Lines("wandb-history.jsonl", first: 5).Length);
    }

    /// <summary>The answer to RunResumeStatus in the transcript of the official client's resumed run.</summary>
    internal static JsonObject FromTheOfficialTranscript() => new()
    {
        ["id"] = "STORAGEID==",
        ["name"] = "resume01",
        ["summaryMetrics"] = """{"_step": 41, "loss": 0.5, "other": "kept", "_wandb": {"runtime": 100}, "_runtime": 100}""",
        ["displayName"] = "old-name",
        ["logLineCount"] = 12,
        ["historyLineCount"] = 42,
        ["eventsLineCount"] = 7,
        ["historyTail"] = """["{\"_step\": 41, \"loss\": 0.5, \"_runtime\": 100.5}"]""",
        ["eventsTail"] = """["{\"_runtime\": 99, \"system.cpu\": 1}"]""",
        ["config"] = """{"lr": {"value": 0.1}, "old_only": {"value": 3}, "_wandb": {"value": {"t": {"5": "x"}}}}""",
        ["tags"] = new JsonArray("old"),
        ["notes"] = null,
        ["wandbConfig"] = """{"t": {"5": "x"}}""",
    };

    private static Func<ReceivedRequest, ServerFault?> FailOnce(string kind, ServerFault fault)
    {
        bool failed = false;
        return request =>
        {
            if (failed || request.Kind != kind)
                return null;
            failed = true;
            return fault;
        };
    }

    private void Resume(ResumeMode mode, JsonObject? earlier)
    {
        run.Server.ExistingRun = earlier;
        run.Options = run.Options with { Resume = mode };
    }
}
