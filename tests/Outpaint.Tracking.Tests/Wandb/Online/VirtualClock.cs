namespace Outpaint.Tracking.Tests.Wandb.Online;

/// <summary>
/// A clock for a known number of actors, such as a training loop and a sender. As soon as all of them wait for it, it
/// jumps to the moment that the first one waits for. A day takes as long as the work done in it.
/// </summary>
internal sealed class VirtualClock(int actors) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<VirtualTimer> waiting = [];
    private DateTimeOffset now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits as an actor. That nobody else waits for a minute on end is a defect, not a reason to hang.</summary>
    public Task Delay(TimeSpan time) => Task.Delay(time, this).WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>One actor will not wait any more.</summary>
    public void Leave()
    {
        lock (gate)
        {
            actors--;
            JumpIfAllWait();
        }
    }

    private void Wait(VirtualTimer timer, TimeSpan time)
    {
        lock (gate)
        {
            waiting.Remove(timer);
            if (time == Timeout.InfiniteTimeSpan)
                return;
            timer.Due = now + time;
            waiting.Add(timer);
            // With more of them, time would run on while one is at work.
            Assert.True(waiting.Count <= actors, "more actors wait than the clock knows of");
            JumpIfAllWait();
        }
    }

    private void JumpIfAllWait()
    {
        if (waiting.Count == 0 || waiting.Count < actors)
            return;
        VirtualTimer first = waiting.MinBy(other => other.Due)!;
        waiting.Remove(first);
        now = first.Due > now ? first.Due : now;
        ThreadPool.QueueUserWorkItem(_ => first.Fire());
    }

    private sealed class VirtualTimer(VirtualClock clock, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Wait(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Wait(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
