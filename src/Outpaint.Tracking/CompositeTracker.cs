using System.Text.Json.Nodes;

namespace Outpaint.Tracking;

/// <summary>
/// Records a run with several back ends. One that fails is reported, closed and left out from then on; the others, and
/// the program, go on.
/// </summary>
/// <param name="report">Told in one line what failed. If it throws, that is ignored.</param>
/// <param name="backEnds">Each with the name that a report calls it by. They are disposed with this.</param>
public sealed class CompositeTracker(Action<string> report, params (string Name, ITracker Tracker)[] backEnds) : ITracker
{
    private readonly List<(string Name, ITracker Tracker)> working = [.. backEnds];

    /// <inheritdoc/>
    public void Configure(JsonObject values) => Call(tracker => tracker.Configure(values));

    /// <inheritdoc/>
    public void Define(MetricDefinition metric) => Call(tracker => tracker.Define(metric));

    /// <inheritdoc/>
    public void LogModel(ModelDescription model) => Call(tracker => tracker.LogModel(model));

    /// <inheritdoc/>
    public void Log(TrackedStep step) => Call(tracker => tracker.Log(step));

    /// <inheritdoc/>
    public void ForgetAfter(long step) => Call(tracker => tracker.ForgetAfter(step));

    /// <inheritdoc/>
    public void LogSystem(SystemSample sample) => Call(tracker => tracker.LogSystem(sample));

    /// <inheritdoc/>
    public void LogConsole(ConsoleText text) => Call(tracker => tracker.LogConsole(text));

    /// <inheritdoc/>
    public void LogFile(string name, ReadOnlyMemory<byte> content) => Call(tracker => tracker.LogFile(name, content));

    /// <inheritdoc/>
    public void Finish(int exitCode) => Call(tracker => tracker.Finish(exitCode));

    /// <inheritdoc/>
    public void Dispose()
    {
        Call(tracker => tracker.Dispose());
        working.Clear();
    }

    private void Call(Action<ITracker> action)
    {
        foreach ((string name, ITracker tracker) in working.ToArray())
        {
            if (Try(() => action(tracker)) is not { } error)
                continue;
            working.Remove((name, tracker));
            Try(() => report($"{name} records no more: {error.Message.TrimEnd('.')}. The run goes on without it."));
            Try(tracker.Dispose);
        }
    }

    /// <summary>Tries what may fail: no back end may end a run of days, nor a report to a terminal that is gone.</summary>
    /// <returns>Why it failed, or null.</returns>
    internal static Exception? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
