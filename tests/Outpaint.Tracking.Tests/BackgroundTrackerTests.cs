using System.Collections.Concurrent;
using System.Diagnostics;

namespace Outpaint.Tracking.Tests;

public sealed class BackgroundTrackerTests
{
    private readonly ConcurrentQueue<string> reports = new();

    public static TheoryData<TimeSpan> Endless => [Timeout.InfiniteTimeSpan, TimeSpan.MaxValue];

    [Fact]
    public void Calls_return_at_once_however_slow_the_back_end_is()
    {
        using var release = new ManualResetEventSlim();
        var slow = new RecordingTracker { Call = release.Wait };
        using BackgroundTracker tracker = Start(slow);

        var watch = Stopwatch.StartNew();
        for (int step = 0; step < 1000; step++)
            tracker.Log(Step(step));

        // A thousand calls within the time that a thousand are allowed.
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
        Assert.Empty(slow.Steps);
        release.Set();
        tracker.Finish(0);
        Assert.Equal(Enumerable.Range(0, 1000).Select(step => (long)step), slow.Steps);
    }

    [Fact]
    public void Any_thread_may_record()
    {
        using var folder = new TemporaryFolder();
        using (BackgroundTracker tracker = Start(new FileTracker(folder.Path)))
        {
            Parallel.For(0, 1000, step => tracker.Log(new TrackedStep(step, new Dictionary<string, double> { ["loss"] = step })));
            tracker.Finish(0);
        }

        Assert.Empty(reports);
        Assert.Equal(
            Enumerable.Range(0, 1000).Select(step => $$"""{"step":{{step}},"loss":{{step}}}""").Order(),
            File.ReadLines(folder.File("metrics.jsonl")).Order());
    }

    [Fact]
    public void Memory_stays_bounded_and_the_end_is_not_left_out()
    {
        using var release = new ManualResetEventSlim();
        var slow = new RecordingTracker { Call = release.Wait };
        using BackgroundTracker tracker = Start(slow, capacity: 10);

        for (int step = 0; step < 100; step++)
            tracker.Log(Step(step));
        release.Set();
        tracker.Finish(4);

        // One call may have been taken out of the queue already.
        Assert.InRange(slow.Steps.Count, 10, 11);
        Assert.Equal(4, slow.ExitCode);
        Assert.Equal(2, reports.Count);
        Assert.Contains($"left out {100 - slow.Steps.Count} records", reports.Last());
    }

    [Fact]
    public void The_end_waits_for_what_came_before_but_not_forever()
    {
        using var release = new ManualResetEventSlim();
        var stuck = new RecordingTracker { Call = release.Wait };
        TimeSpan patience = TimeSpan.FromSeconds(3); // what a busy machine adds is well below a second wait
        var watch = Stopwatch.StartNew();
        using (BackgroundTracker tracker = Start(stuck, capacity: 1, patience: patience))
        {
            for (int step = 0; step < 3; step++) // one at work and one in the queue: the end finds no room
                tracker.Log(Step(step));
            tracker.Finish(0);
        }

        Assert.InRange(watch.Elapsed / patience, 0.9, 1.9);
        Assert.Contains(reports, report => report.Contains("is not done"));
        Assert.False(stuck.IsDisposed);
        release.Set();
    }

    [Theory]
    [MemberData(nameof(Endless))]
    public void The_end_may_take_as_long_as_it_takes(TimeSpan patience)
    {
        var slow = new RecordingTracker { Call = () => Thread.Sleep(50) };
        using (BackgroundTracker tracker = Start(slow, patience: patience))
        {
            tracker.Log(Step(0));
            tracker.Flush();
            tracker.Log(Step(1));
            tracker.Finish(7);
        }

        Assert.Equal((2, 7, true), (slow.Steps.Count, slow.ExitCode, slow.IsDisposed));
        Assert.Empty(reports);
    }

    [Fact]
    public void A_patience_below_zero_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Start(new RecordingTracker(), patience: TimeSpan.FromSeconds(-2)));
    }

    [Fact]
    public void A_report_that_fails_does_not_fail_the_run()
    {
        void Broken(string line) => throw new IOException($"Broken pipe: {line}");
        using var release = new ManualResetEventSlim();
        var slow = new RecordingTracker { Call = release.Wait };
        using var tracker = new BackgroundTracker(new CompositeTracker(Broken, ("back end", slow)), Broken, capacity: 1);
        for (int step = 0; step < 3; step++)
            tracker.Log(Step(step));
        release.Set();

        tracker.Finish(3);

        Assert.Equal(3, slow.ExitCode);
    }

    [Fact]
    public void A_flush_waits_for_what_came_before_but_not_forever()
    {
        using var release = new ManualResetEventSlim(initialState: true);
        var slow = new RecordingTracker { Call = () => { Thread.Sleep(1); release.Wait(); } };
        using BackgroundTracker tracker = Start(slow, patience: TimeSpan.FromSeconds(1));
        for (int step = 0; step < 20; step++)
            tracker.Log(Step(step));

        tracker.Flush();

        Assert.Equal(20, slow.Steps.Count);
        release.Reset();
        tracker.Log(Step(20));
        tracker.Flush();
        Assert.Equal(20, slow.Steps.Count);
        release.Set();
    }

    [Fact]
    public void What_comes_after_the_end_is_ignored()
    {
        var backEnd = new RecordingTracker();
        using (BackgroundTracker tracker = Start(backEnd))
        {
            tracker.Finish(0);
            tracker.Log(Step(1));
            tracker.Finish(1);
        }

        Assert.Equal((0, 0, true), (backEnd.Steps.Count, backEnd.ExitCode, backEnd.IsDisposed));
        Assert.Empty(reports);
    }

    [Fact]
    public void A_back_end_that_fails_does_not_fail_the_run()
    {
        using BackgroundTracker tracker = Start(new RecordingTracker { Call = () => throw new InvalidOperationException("Broken.") });
        tracker.Log(Step(0));
        tracker.Finish(0);
        Assert.Contains("Broken.", Assert.Single(reports));
    }

    private static TrackedStep Step(long step) => new(step, new Dictionary<string, double>());

    private BackgroundTracker Start(ITracker backEnd, int capacity = 4096, TimeSpan? patience = null) =>
        new(new CompositeTracker(reports.Enqueue, ("back end", backEnd)), reports.Enqueue, capacity, patience);
}
