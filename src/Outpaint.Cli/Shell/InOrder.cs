namespace Outpaint.Cli.Shell;

/// <summary>Reports at once, where <see cref="Progress{T}"/> would on another thread, out of order, and after the end.</summary>
/// <param name="report">Told each value.</param>
internal sealed class InOrder<T>(Action<T> report) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => report(value);
}
