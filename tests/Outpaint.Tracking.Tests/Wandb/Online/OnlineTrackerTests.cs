using System.Text;
using System.Text.Json.Nodes;

namespace Outpaint.Tracking.Tests.Wandb.Online;

public sealed class OnlineTrackerTests : IDisposable
{
    private readonly OnlineRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_run_arrives_whole()
    {
        run.Start();
        run.Tracker.Configure(new JsonObject { ["lr"] = 0.0002, ["model"] = new JsonObject { ["width"] = 64 } });
        run.Tracker.Define(new MetricDefinition("val/lpips", "images", MetricSummary.Min));
        byte[] picture = Png.OfSize(24, 16);
        var times = new List<DateTimeOffset>();
        for (int step = 0; step < 5; step++)
        {
            times.Add(run.Clock.GetUtcNow());
            run.Tracker.Log(new TrackedStep(step, new Dictionary<string, double> { ["größe"] = step == 3 ? double.NaN : step / 4.0 })
            {
                Time = times[step],
                Images = step == 2 ? [new TrackedImage("samples", picture, "a caption")] : [],
            });
            run.Tracker.LogSystem(new SystemSample(times[step], new Dictionary<string, double> { ["cpu"] = 12.5 }));
            await run.Clock.Delay(TimeSpan.FromSeconds(15));
        }

        run.Tracker.LogConsole(new ConsoleText(times[0], ConsoleStream.Output, "step 0\nstep"));
        run.Tracker.LogConsole(new ConsoleText(times[1], ConsoleStream.Error, "late\r\n"));
        run.Tracker.LogFile("models/summary.txt", Encoding.UTF8.GetBytes("layers"));
        run.Finish(exitCode: 3);

        ServerSideRun arrived = run.Server.Run;
        string[] history = arrived.Lines("wandb-history.jsonl");
        Assert.Equal(5, history.Length);
        Assert.Equal($$"""{"größe":0.25,"_step":1,{{Clock(times[1])}}}""", history[1]);
        Assert.StartsWith("""{"größe":NaN,"_step":3,""", history[3]);
        Assert.Contains("\"samples\":{\"_type\":\"image-file\"", history[2]);
        Assert.Equal(times.Select(time => $$"""{"_wandb":true,{{Clock(time)}},"system.cpu":12.5}"""), arrived.Lines("wandb-events.jsonl"));
        Assert.Equal(
            [$"{times[0]:yyyy-MM-ddTHH:mm:ss.ffffff} step 0", $"ERROR {times[1]:yyyy-MM-ddTHH:mm:ss.ffffff} late", $"{times[1]:yyyy-MM-ddTHH:mm:ss.ffffff} step"],
            arrived.Lines("output.log"));
        Assert.Contains("\"_step\":4", arrived.Summary);
        Assert.Equal(3, arrived.ExitCode);

        string image = Assert.Single(arrived.Files.Keys, name => name.StartsWith("media/images/samples_2_", StringComparison.Ordinal));
        Assert.Equal(picture, arrived.Files[image]);
        Assert.Equal("layers", Text("models/summary.txt"));
        Assert.Equal("step 0\nlate\nstep\n", Text("output.log"));
        Assert.Equal(arrived.Summary, Text("wandb-summary.json"));
        Assert.Equal("outpaint train", (string)JsonNode.Parse(Text("wandb-metadata.json"))!["program"]!);
        Assert.Equal(arrived.Config.ToJsonString(), JsonNode.Parse(Text("config.yaml"))!.ToJsonString()); // JSON is YAML
        Assert.Equal(arrived.Files.Keys.Order(), arrived.Uploaded.Order());
        Assert.Equal([$"W&B: happy-mock-1, {run.Server.Url}/mock%20entity/gan%20project/runs/run1"], run.Told);

        string Clock(DateTimeOffset time) =>
            $"\"_timestamp\":{time.ToUnixTimeSeconds()},\"_runtime\":{(time - run.Settings.Facts.StartedAt).TotalSeconds}";
        string Text(string name) => Encoding.UTF8.GetString(arrived.Files[name]);
    }

    [Fact]
    public async Task Configuration_is_wrapped_in_values_and_says_how_metrics_are_drawn()
    {
        run.Start();
        run.Tracker.Configure(new JsonObject { ["lr"] = 0.0002 });
        run.Tracker.Define(new MetricDefinition("val/lpips", "images", MetricSummary.Min));
        await run.TrainAsync(2);
        run.Tracker.Configure(new JsonObject { ["lr"] = 0.0001, ["late"] = true });
        run.Finish();

        JsonObject config = run.Server.Run.Config;
        Assert.Equal("""{"value":0.0001}""", config["lr"]!.ToJsonString());
        Assert.Equal("""{"value":true}""", config["late"]!.ToJsonString());
        JsonNode client = config["_wandb"]!["value"]!;
        Assert.Equal(
            """[{"1":"val/lpips","5":2,"6":[1,3],"7":[1],"8":1},{"1":"images","6":[],"7":[]}]""", client["m"]!.ToJsonString());
        Assert.StartsWith("outpaint-tracking-", (string)client["t"]!["5"]!);
        Assert.Equal("outpaint train", (string)client["e"]!.AsObject().Single().Value!["program"]!);
    }

    [Fact]
    public async Task Lines_leave_at_once_and_then_every_fifteen_seconds()
    {
        run.Start();
        await run.TrainAsync(30);

        DateTimeOffset[] times = [.. run.Network.Tries.Where(request => request.Path.EndsWith("file_stream", StringComparison.Ordinal)).Select(request => request.Time)];
        Assert.InRange(times[0] - run.Settings.Facts.StartedAt, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.All(times.Skip(1).Zip(times.Skip(2)), pair => Assert.Equal(TimeSpan.FromSeconds(15), pair.Second - pair.First));
        Assert.InRange(times.Length, 19, 21);
    }

    [Fact]
    public async Task A_quiet_run_says_every_thirty_seconds_that_it_is_alive()
    {
        run.Start();
        await run.TrainAsync(1);
        await run.Clock.Delay(TimeSpan.FromMinutes(10));

        IReadOnlyList<ReceivedRequest> requests = run.Server.RequestsOf("file_stream");
        Assert.InRange(requests.Count(request => request.Json!.Count == 0), 19, 21);
    }

    [Fact]
    public async Task The_stop_button_is_heard()
    {
        run.Start();
        await run.TrainAsync(3);
        Assert.False(run.Tracker.StopRequested.IsCancellationRequested);

        run.Server.Stopped = true;
        await run.TrainAsync(3, firstStep: 3);

        Assert.True(run.Tracker.StopRequested.IsCancellationRequested);
        Assert.Equal("W&B: Stop was pressed on the run's page.", Assert.Single(run.Told[1..]));
        run.Finish(exitCode: 255);
        Assert.Equal(6, run.Server.Run.Lines("wandb-history.jsonl").Length);
        Assert.Equal(255, run.Server.Run.ExitCode);
    }

    [Fact]
    public async Task A_long_backlog_travels_in_pieces_that_the_server_takes()
    {
        run.Start();
        run.Network.IsDown = _ => true;
        string megabyte = new('x', 1 << 20);
        for (int i = 0; i < 6; i++)
            run.Tracker.LogConsole(new ConsoleText(run.Clock.GetUtcNow(), ConsoleStream.Output, $"{i} {megabyte}\n"));
        run.Tracker.LogConsole(new ConsoleText(run.Clock.GetUtcNow(), ConsoleStream.Output, new string('y', 10 << 20) + "\n"));
        await run.Clock.Delay(TimeSpan.FromMinutes(5));
        run.Network.IsDown = _ => false;
        run.Finish();

        Assert.Equal(6, run.Server.Run.Lines("output.log").Length);
        Assert.All(run.Server.RequestsOf("file_stream"), request => Assert.InRange(request.Content.Length, 0, 10 << 20));
        Assert.Contains(run.Told, line => line.StartsWith("W&B takes no line of more than 9 MiB", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_files_are_announced_in_groups()
    {
        run.Start();
        run.Network.IsDown = _ => true;
        for (int i = 0; i < 250; i++)
            run.Tracker.LogFile($"files/{i}.txt", new byte[] { 1 });
        await run.Clock.Delay(TimeSpan.FromMinutes(1));
        run.Network.IsDown = _ => false;
        run.Finish();

        Assert.Equal(250, run.Server.Run.Files.Keys.Count(name => name.StartsWith("files/", StringComparison.Ordinal)));
        Assert.All(run.Server.RequestsOf("CreateRunFiles"), request => Assert.InRange(request.Variables["files"]!.AsArray().Count, 1, 104));
    }

    [Fact]
    public async Task The_local_log_is_complete_and_marked_for_the_official_sync()
    {
        run.Start();
        await run.TrainAsync(2);
        run.Finish();

        Assert.StartsWith("run-", Path.GetFileName(run.Tracker.Folder));
        Assert.Equal("""{"starting_step":0}""", File.ReadAllText(Path.Combine(run.Tracker.Folder, "run-run1.wandb.syncstate")));
        using var log = new Tracking.Wandb.TransactionLogReader(Path.Combine(run.Tracker.Folder, "run-run1.wandb"));
        var kinds = new List<string>();
        while (log.Read() is { } record)
            kinds.Add(record.RecordTypeCase.ToString());
        Assert.Equal(["Exit", "Final", "Footer"], kinds[^3..]);
        Assert.Equal(2, kinds.Count(kind => kind == "History"));
    }
}
