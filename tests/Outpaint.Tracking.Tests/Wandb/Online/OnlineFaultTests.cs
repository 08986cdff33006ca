using System.Text.RegularExpressions;

namespace Outpaint.Tracking.Tests.Wandb.Online;

public sealed class OnlineFaultTests : IDisposable
{
    private static readonly string[] Kinds = ["UpsertBucket", "file_stream", "CreateRunFiles", "PUT"];

    private static readonly ServerFault[] PassingFaults =
    [
        ServerFault.Status(429, "2"), ServerFault.Status(429, "Sun, 22 Nov 2026 10:00:20 GMT"), ServerFault.Status(408),
        ServerFault.Status(500), ServerFault.Status(503), ServerFault.Reset, ServerFault.LostAnswer, ServerFault.Slow,
    ];

    private static readonly ServerFault[] MalformedAnswers =
    [
        ServerFault.Body(""), ServerFault.Body("<html>Please log in to the network</html>"), ServerFault.Body("{\"data\":{\"upsert"),
        ServerFault.Body("[]"), ServerFault.Body("null"), ServerFault.Body("{\"data\":null}"), ServerFault.Body("{\"data\":{\"upsertBucket\":[]}}"),
        ServerFault.Body("{\"data\":{\"createRunFiles\":{\"files\":[{\"name\":1}]}}}"),
        ServerFault.Body("""{"data":{"createRunFiles":{"files":[{"name":"b","uploadUrl":"/"},{"name":"b","uploadUrl":"/"}]}}}"""), ServerFault.Body(new string('[', 17 << 20)),
    ];

    private readonly OnlineRun run = new();

    public static TheoryData<string, ServerFault> Passing => Cross(Kinds, PassingFaults);

    public static TheoryData<string, ServerFault> Malformed => Cross(["UpsertBucket", "CreateRunFiles"], MalformedAnswers);

    public void Dispose() => run.Dispose();

    [Theory]
    [MemberData(nameof(Passing), DisableDiscoveryEnumeration = true)]
    public Task A_run_arrives_whole_though_a_request_fails_twice(string kind, ServerFault fault) => ArrivesThoughAsync(kind, fault);

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public Task A_run_arrives_whole_though_an_answer_is_malformed_twice(string kind, ServerFault fault) => ArrivesThoughAsync(kind, fault);

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("")]
    public Task A_run_arrives_whole_though_the_stream_is_answered_by_a_stranger(string body) =>
        ArrivesThoughAsync("file_stream", ServerFault.Body(body));

    [Fact]
    public Task A_conflict_while_a_run_is_created_passes() => ArrivesThoughAsync("UpsertBucket", ServerFault.Status(409));

    [Fact]
    public async Task The_server_says_how_long_to_wait()
    {
        Fail("file_stream", ServerFault.Status(429, "100"), times: 1);
        run.Start();
        await run.TrainAsync(30);

        (DateTimeOffset Time, string Path)[] tries = [.. run.Network.Tries.Where(request => request.Path.EndsWith("file_stream", StringComparison.Ordinal))];
        Assert.InRange(tries[1].Time - tries[0].Time, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(110));
        run.Finish();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(410)]
    [InlineData(413)]
    [InlineData(422)]
    [InlineData(501)]
    [InlineData(302)]
    public async Task A_refused_stream_stops_for_good_and_says_how_to_send_the_run_later(int status)
    {
        run.Start();
        await run.TrainAsync(3);
        int before = run.Server.RequestsOf("file_stream").Count;
        Fail("file_stream", ServerFault.Status(status), times: int.MaxValue);
        await run.TrainAsync(20, firstStep: 3);
        run.Finish();

        Assert.Equal(before + 1, run.Server.RequestsOf("file_stream").Count);
        Assert.Equal(2, run.Told.Length);
        Assert.Matches($"^W&B: .*HTTP {status}.* Nothing more is sent, training goes on; send it later with: wandb sync --include-online {Regex.Escape(run.Tracker.Folder)}$", run.Told[1]);
        Assert.Null(run.Server.Run.ExitCode);
    }

    [Fact]
    public async Task An_address_that_expired_is_asked_for_again()
    {
        Fail("PUT", ServerFault.Status(403), times: 2);
        run.Start();
        await run.TrainAsync(1); // the sender pauses: it will find both files together
        run.Tracker.LogFile("a.txt", new byte[] { 1 });
        run.Tracker.LogFile("b.txt", new byte[] { 2 });
        await run.TrainAsync(2, firstStep: 1);
        run.Finish();

        Assert.Equal([1], run.Server.Run.Files["a.txt"]);
        Assert.Equal([2], run.Server.Run.Files["b.txt"]);
        Assert.Single(run.Told);
    }

    [Fact]
    public async Task Storage_that_does_not_answer_holds_up_no_line()
    {
        run.Server.Fault = request => request.Kind == "PUT" ? ServerFault.Status(503) : null;
        run.Start();
        run.Tracker.LogFile("a.txt", new byte[] { 1 });
        await run.TrainAsync(60);
        run.Finish();

        Assert.Equal(60, run.Server.Run.Lines("wandb-history.jsonl").Length);
        Assert.DoesNotContain(run.Told, line => line.Contains("cannot be reached"));
    }

    [Fact]
    public async Task A_file_that_storage_never_takes_is_left_out_after_a_while_and_the_others_arrive()
    {
        run.Server.Fault = request => request.Kind == "PUT" && request.Path.Contains("bad.txt") ? ServerFault.Status(503) : null;
        run.Start();
        await run.TrainAsync(1); // the sender pauses: it will find both files together
        run.Tracker.LogFile("bad.txt", new byte[] { 1 });
        run.Tracker.LogFile("good.txt", new byte[] { 2 });
        await run.TrainAsync(500, firstStep: 1);
        run.Tracker.LogFile("later.txt", new byte[] { 3 });
        await run.TrainAsync(6, firstStep: 501);
        run.Finish();

        Assert.Equal([2], run.Server.Run.Files["good.txt"]);
        Assert.Equal([3], run.Server.Run.Files["later.txt"]);
        Assert.Matches(@"^W&B: not uploaded, but kept in .*: bad\.txt \(HTTP 503", Assert.Single(run.Told[1..]));
        Assert.Equal(507, run.Server.Run.Lines("wandb-history.jsonl").Length);
        Assert.Equal(0, run.Server.Run.ExitCode);
    }

    [Fact]
    public async Task A_file_that_is_refused_or_gone_does_not_hold_up_the_others()
    {
        run.Server.Fault = request => request.Kind == "PUT" && request.Path.Contains("bad.txt") ? ServerFault.Status(403) : null;
        run.Start();
        await run.TrainAsync(1); // the sender pauses: it will find all three files together
        foreach (string name in (string[])["bad.txt", "gone.txt", "good.txt"])
            run.Tracker.LogFile(name, new byte[] { 1 });
        File.Delete(Path.Combine(run.Tracker.Folder, "files", "gone.txt"));
        await run.TrainAsync(2, firstStep: 1);
        run.Finish();

        Assert.Contains("good.txt", run.Server.Run.Uploaded);
        Assert.DoesNotContain("bad.txt", run.Server.Run.Uploaded);
        Assert.Contains("bad.txt, gone.txt", Assert.Single(run.Told, line => line.StartsWith("W&B: not uploaded, but kept in ", StringComparison.Ordinal)));
        Assert.Equal(0, run.Server.Run.ExitCode);
    }

    [Fact]
    public async Task A_configuration_that_is_refused_does_not_end_the_stream()
    {
        run.Start();
        await run.TrainAsync(3); // the run is there before anything is refused
        run.Server.Fault = request => request.Kind == "UpsertBucket" ? ServerFault.Body("""{"errors":[{"message":"config too large"}]}""") : null;
        run.Tracker.Configure(new() { ["huge"] = 1 });
        await run.TrainAsync(3, firstStep: 3);
        run.Finish();

        Assert.Equal(6, run.Server.Run.Lines("wandb-history.jsonl").Length);
        Assert.Equal("W&B does not take the run's configuration: W&B refuses UpsertBucket: config too large", run.Told[1]);
    }

    private static TheoryData<string, ServerFault> Cross(string[] kinds, ServerFault[] faults) =>
        new(kinds.SelectMany(kind => faults.Select(fault => (kind, fault))));

    private void Fail(string kind, ServerFault fault, int times)
    {
        int left = times;
        run.Server.Fault = request => request.Kind == kind && left-- > 0 ? fault : null;
    }

    private async Task ArrivesThoughAsync(string kind, ServerFault fault)
    {
        if (fault == ServerFault.Slow)
            run.Options = run.Options with { TryTimeout = TimeSpan.FromSeconds(0.2), UploadTimeout = TimeSpan.FromSeconds(0.2) };
        Fail(kind, fault, times: 2);
        run.Start();
        run.Tracker.LogFile("a.txt", new byte[] { 1, 2, 3 });
        await run.TrainAsync(12);
        run.Finish();

        Assert.True(run.Server.RequestsOf(kind).Count >= 3);
        Assert.Equal(12, run.Server.Run.Lines("wandb-history.jsonl").Length);
        Assert.Equal([1, 2, 3], run.Server.Run.Files["a.txt"]);
        Assert.Contains("a.txt", run.Server.Run.Uploaded);
        Assert.Equal(0, run.Server.Run.ExitCode);
    }
}
