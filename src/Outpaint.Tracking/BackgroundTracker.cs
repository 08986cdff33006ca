using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Outpaint.Tracking;

/// <summary>
/// Lets back ends record on a thread of their own: calls may come from any thread, and return at once, but for
/// <see cref="Flush"/> and <see cref="Finish"/>. What a slow disk or network keeps waiting is held in a queue of bounded
/// length; when that is full, what comes is left out and counted.
/// </summary>
public sealed class BackgroundTracker : ITracker
{
    private const int DefaultCapacity = 4096;
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MostFlushPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostPatience = TimeSpan.FromMilliseconds(int.MaxValue); // that a thread can have: 24 days

    private readonly CompositeTracker backEnds;
    private readonly Action<string> report;
    private readonly TimeSpan patience;
    private readonly Channel<Action> queue;
    private readonly Thread worker;
    private long lost;
    private bool gaveUp;
    private volatile bool closed;

    /// <summary>Starts the thread.</summary>
    /// <param name="backEnds">They are disposed with this.</param>
    /// <param name="report">Told in one line when something is left out. If it throws, that is ignored.</param>
    /// <param name="capacity">Calls that may wait.</param>
    /// <param name="patience">
    /// How long the end of a run may take, and <see cref="Flush"/> at most; null for five minutes,
    /// <see cref="Timeout.InfiniteTimeSpan"/> for any time.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no capacity, or the patience is negative.</exception>
    public BackgroundTracker(CompositeTracker backEnds, Action<string> report, int capacity = DefaultCapacity, TimeSpan? patience = null)
    {
        TimeSpan wanted = patience ?? DefaultPatience;
        if (wanted < TimeSpan.Zero && wanted != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(patience), wanted, "Patience is not negative, but for Timeout.InfiniteTimeSpan.");
        this.patience = wanted < TimeSpan.Zero || wanted > MostPatience ? MostPatience : wanted;
        this.backEnds = backEnds;
        this.report = line => CompositeTracker.Try(() => report(line));
        queue = Channel.CreateBounded<Action>(new BoundedChannelOptions(capacity) { SingleReader = true });
        worker = new Thread(Work) { IsBackground = true, Name = "tracking" };
        worker.Start();
    }

    /// <inheritdoc/>
    public void Configure(JsonObject values) => Enqueue(() => backEnds.Configure(values));

    /// <inheritdoc/>
    public void Define(MetricDefinition metric) => Enqueue(() => backEnds.Define(metric));

    /// <inheritdoc/>
    public void LogModel(ModelDescription model) => Enqueue(() => backEnds.LogModel(model));

    /// <inheritdoc/>
    public void Log(TrackedStep step) => Enqueue(() => backEnds.Log(step));

    /// <inheritdoc/>
    public void ForgetAfter(long step) => Enqueue(() => backEnds.ForgetAfter(step));

    /// <inheritdoc/>
    public void LogSystem(SystemSample sample) => Enqueue(() => backEnds.LogSystem(sample));

    /// <inheritdoc/>
    public void LogConsole(ConsoleText text) => Enqueue(() => backEnds.LogConsole(text));

    /// <inheritdoc/>
    public void LogFile(string name, ReadOnlyMemory<byte> content) => Enqueue(() => backEnds.LogFile(name, content));

    /// <summary>Waits for what was recorded so far, but for ten seconds at most, and not at all for a queue that is full.</summary>
    public void Flush()
    {
        var reached = new TaskCompletionSource();
        if (!closed && queue.Writer.TryWrite(reached.SetResult))
            reached.Task.Wait(patience < MostFlushPatience ? patience : MostFlushPatience);
    }

    /// <summary>Ends the run once everything before is recorded, and gives up where that takes too long.</summary>
    /// <param name="exitCode">The program's.</param>
    public void Finish(int exitCode)
    {
        if (closed)
            return;
        closed = true;
        // The end must not be left out, however full the queue is.
        long start = Stopwatch.GetTimestamp();
        gaveUp = !queue.Writer.WriteAsync(() => backEnds.Finish(exitCode)).AsTask().Wait(patience)
            || !Drain(patience - Stopwatch.GetElapsedTime(start));
        if (gaveUp)
            report($"Tracking is not done after {patience.TotalSeconds:f0} s; it is left unfinished.");
        if (lost > 0)
            report($"Tracking left out {lost} records.");
    }

    /// <summary>Waits for what was recorded so far, and closes the back ends.</summary>
    public void Dispose()
    {
        closed = true;
        if (!gaveUp && Drain(patience))
            backEnds.Dispose();
    }

    private void Enqueue(Action call)
    {
        if (!closed && !queue.Writer.TryWrite(call) && Interlocked.Increment(ref lost) == 1)
            report("Tracking cannot keep up with the run; some of it is left out.");
    }

    private bool Drain(TimeSpan time)
    {
        queue.Writer.TryComplete();
        return worker.Join(time > TimeSpan.Zero ? time : TimeSpan.Zero);
    }

    private void Work()
    {
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (queue.Reader.TryRead(out Action? call))
                call();
        }
    }
}
