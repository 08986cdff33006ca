using System.Text.Json.Nodes;

namespace Outpaint.Tracking.Tests;

/// <summary>Remembers what it was told, after doing what a test wants.</summary>
internal sealed class RecordingTracker : ITracker
{
    public Action Call { get; init; } = () => { };

    public List<long> Steps { get; } = [];

    public List<SystemSample> Samples { get; } = [];

    public int? ExitCode { get; private set; }

    public bool IsDisposed { get; private set; }

    public void Configure(JsonObject values) => Call();

    public void Define(MetricDefinition metric) => Call();

    public void LogModel(ModelDescription model) => Call();

    public void Log(TrackedStep step)
    {
        Call();
        Steps.Add(step.Step);
    }

    public void ForgetAfter(long step) => Steps.RemoveAll(taken => taken > step);

    public void LogSystem(SystemSample sample)
    {
        Call();
        Samples.Add(sample);
    }

    public void LogConsole(ConsoleText text) => Call();

    public void LogFile(string name, ReadOnlyMemory<byte> content) => Call();

    public void Finish(int exitCode)
    {
        Call();
        ExitCode = exitCode;
    }

    public void Dispose() => IsDisposed = true;
}
