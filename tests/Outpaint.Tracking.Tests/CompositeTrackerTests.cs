namespace Outpaint.Tracking.Tests;

public sealed class CompositeTrackerTests
{
    private readonly List<string> reports = [];

    [Fact]
    public void A_back_end_that_fails_is_reported_once_and_the_others_go_on()
    {
        var working = new RecordingTracker();
        var broken = new RecordingTracker { Call = () => throw new IOException("No space left on device.") };
        using var tracker = new CompositeTracker(reports.Add, ("Files", broken), ("TensorBoard", working));

        for (int step = 0; step < 3; step++)
            tracker.Log(new TrackedStep(step, new Dictionary<string, double>()));

        Assert.Equal(["Files records no more: No space left on device. The run goes on without it."], reports);
        Assert.Equal([0, 1, 2], working.Steps);
        Assert.True(broken.IsDisposed);
    }

    [Fact]
    public void A_report_that_fails_does_not_keep_the_others_from_recording()
    {
        var working = new RecordingTracker();
        var broken = new RecordingTracker { Call = () => throw new IOException("No space left on device.") };
        using var tracker = new CompositeTracker(_ => throw new IOException("Broken pipe."), ("Files", broken), ("TensorBoard", working));

        tracker.Log(new TrackedStep(0, new Dictionary<string, double>()));

        Assert.Equal([0], working.Steps);
        Assert.True(broken.IsDisposed);
    }

    [Fact]
    public void All_back_ends_learn_how_the_run_ended()
    {
        RecordingTracker[] backEnds = [new(), new()];
        using (var tracker = new CompositeTracker(reports.Add, ("a", backEnds[0]), ("b", backEnds[1])))
            tracker.Finish(5);

        Assert.All(backEnds, backEnd => Assert.Equal((5, true), (backEnd.ExitCode, backEnd.IsDisposed)));
        Assert.Empty(reports);
    }
}
