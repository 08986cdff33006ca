namespace Outpaint.Torch;

/// <summary>Watches the operators that this thread calls while it is open, as for describing a network by one pass through it.</summary>
internal sealed class OperatorTrace : IDisposable
{
    [ThreadStatic]
    private static OperatorTrace? current;

    private readonly OperatorTrace? outer;
    private readonly Watcher watcher;

    /// <summary>Opens a trace.</summary>
    internal OperatorTrace(Watcher watcher)
    {
        (this.watcher, outer) = (watcher, current);
        current = this;
    }

    /// <summary>Told of a call that returned one tensor.</summary>
    internal delegate void Watcher(string name, ReadOnlySpan<Argument> arguments, Tensor result);

    public void Dispose() => current = outer;

    internal static void Report(string name, ReadOnlySpan<Argument> arguments, Tensor result) => current?.watcher(name, arguments, result);
}
