namespace Outpaint.Tracking.Tests.Wandb.Online;

public sealed class OnlineOutageTests : IDisposable
{
    private readonly OnlineRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task An_outage_of_a_day_loses_nothing_and_takes_two_lines()
    {
        DateTimeOffset start = run.Clock.GetUtcNow();
        run.Network.IsDown = time => time - start > TimeSpan.FromHours(1) && time - start < TimeSpan.FromHours(25);
        run.Start();
        await run.TrainAsync(26 * 360);
        run.Finish();

        string[] history = run.Server.Run.Lines("wandb-history.jsonl");
        Assert.Equal(26 * 360, history.Length);
        Assert.All(history.Index(), line => Assert.Contains($"\"_step\":{line.Index},", line.Item));
        Assert.Equal(0, run.Server.Run.ExitCode);
        Assert.Equal(3, run.Told.Length);
        Assert.Equal("W&B cannot be reached (no route to host). Everything is kept on disk and sent when it answers again.", run.Told[1]);
        Assert.Equal("W&B answers again.", run.Told[2]);
    }

    [Fact]
    public async Task Without_a_network_a_run_starts_and_is_sent_when_there_is_one()
    {
        DateTimeOffset start = run.Clock.GetUtcNow();
        run.Network.IsDown = time => time - start < TimeSpan.FromMinutes(5);
        run.Start();
        Assert.Equal(run.Options.ConnectTimeout, run.Clock.GetUtcNow() - start);
        await run.TrainAsync(60);
        run.Finish();

        Assert.Equal(60, run.Server.Run.Lines("wandb-history.jsonl").Length);
        Assert.Equal(0, run.Server.Run.ExitCode);
        Assert.Equal(3, run.Told.Length);
        Assert.Equal("W&B cannot be reached (no route to host). Everything is kept on disk and sent when it answers again.", run.Told[0]);
        Assert.Equal("W&B answers again.", run.Told[1]);
        Assert.StartsWith("W&B: happy-mock-1, ", run.Told[2]);
    }

    [Fact]
    public async Task A_run_without_any_network_ends_in_bounded_time_and_says_how_to_send_it_later()
    {
        run.Network.IsDown = _ => true;
        run.Start();
        await run.TrainAsync(50);
        DateTimeOffset end = run.Clock.GetUtcNow();
        run.Finish();

        Assert.Equal(run.Options.FinishTimeout, run.Clock.GetUtcNow() - end);
        Assert.Equal("W&B: sending the rest of the run, for at most 60 seconds.", run.Told[^2]);
        Assert.Equal(
            $"W&B has not taken everything (no route to host). It has none of the run's steps; send it later with: wandb sync --include-online {run.Tracker.Folder}",
            run.Told[^1]);
    }

    [Fact]
    public async Task A_run_that_was_not_sent_to_its_end_says_how_far_it_was()
    {
        run.Start();
        await run.TrainAsync(10);
        run.Network.IsDown = _ => true;
        await run.TrainAsync(10, firstStep: 10);
        run.Finish();

        int sent = run.Server.Run.Lines("wandb-history.jsonl").Length;
        Assert.InRange(sent, 9, 12);
        Assert.Contains($" It has the run up to step {sent - 1}; send it later with: ", run.Told[^1]);
    }

    [Fact]
    public async Task Who_does_not_want_to_wait_for_the_end_need_not_and_is_told_how_to_send_it_later()
    {
        run.Start();
        await run.TrainAsync(10);
        run.Network.IsDown = _ => true;
        await run.TrainAsync(10, firstStep: 10);
        DateTimeOffset end = run.Clock.GetUtcNow();
        run.Shown = line =>
        {
            if (line.StartsWith("W&B: sending the rest", StringComparison.Ordinal))
                run.Tracker.StopSending();
        };
        run.Finish();

        Assert.InRange(run.Clock.GetUtcNow() - end, TimeSpan.Zero, run.Options.FinishTimeout / 2);
        Assert.Matches(
            @"^W&B has not taken everything \(sending was stopped, the rest is kept on disk\)\. It has the run up to step \d+; send it later with: wandb sync --include-online /",
            run.Told[^1]);
    }

    [Fact]
    public async Task A_run_that_is_there_already_is_not_said_to_be_cut_short()
    {
        run.Start();
        await run.TrainAsync(2);
        run.Finish();
        string[] told = run.Told;

        run.Tracker.StopSending();

        Assert.Equal(told, run.Told);
        Assert.Equal(0, run.Server.Run.ExitCode);
    }

    [Fact]
    public async Task A_program_that_ends_without_finishing_the_run_does_not_wait()
    {
        run.Start();
        run.Network.IsDown = _ => true;
        await run.TrainAsync(5);
        DateTimeOffset end = run.Clock.GetUtcNow();

        run.Tracker.Dispose();

        Assert.Equal(end, run.Clock.GetUtcNow());
    }
}
