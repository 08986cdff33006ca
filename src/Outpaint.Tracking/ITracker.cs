using System.Text.Json.Nodes;

namespace Outpaint.Tracking;

/// <summary>
/// A run as it is being recorded. Back ends may throw when they cannot write, and take their time; a CompositeTracker
/// in a BackgroundTracker does neither.
/// </summary>
/// <remarks>
/// Called from one thread at a time; a BackgroundTracker, from any. Whoever makes a tracker calls <see cref="Finish"/> and
/// <see cref="IDisposable.Dispose"/>; code that is handed one only records.
/// </remarks>
public interface ITracker : IDisposable
{
    /// <summary>Sets hyper-parameters and other facts of the run.</summary>
    /// <param name="values">By name, nested as deep as wished; a name given before takes its new value. Not to be changed afterwards.</param>
    void Configure(JsonObject values);

    /// <summary>Says how a metric is to be shown; best before its first value.</summary>
    void Define(MetricDefinition metric);

    /// <summary>Describes a network, layer by layer.</summary>
    void LogModel(ModelDescription model);

    /// <summary>Records a step. All of it in one call: steps increase, and one that does not is left out by back ends that need it.</summary>
    void Log(TrackedStep step);

    /// <summary>Takes back the steps after one: a run that goes on from a checkpoint takes them again.</summary>
    void ForgetAfter(long step);

    /// <summary>Records the state of the machine.</summary>
    void LogSystem(SystemSample sample);

    /// <summary>Records what the program wrote to its console.</summary>
    void LogConsole(ConsoleText text);

    /// <summary>Keeps a file with the run.</summary>
    /// <param name="name">Its path within the run's folder, with forward slashes; an earlier file of that name is replaced.</param>
    /// <param name="content">Its bytes. Not to be changed afterwards.</param>
    /// <exception cref="ArgumentException">The path leads out of that folder; back ends that keep files say so.</exception>
    void LogFile(string name, ReadOnlyMemory<byte> content);

    /// <summary>Waits until what was recorded would survive the program's end. Back ends are that far when a call returns.</summary>
    void Flush()
    {
    }

    /// <summary>Ends the run; nothing may follow but <see cref="IDisposable.Dispose"/>, which alone leaves a run without an end.</summary>
    /// <param name="exitCode">The program's; other than 0 for a run that failed.</param>
    void Finish(int exitCode);
}
