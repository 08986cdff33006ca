namespace Outpaint.Cli.Shell;

/// <summary>Progress of a part of some work, told as that of the whole.</summary>
/// <param name="whole">Told the share of the whole.</param>
/// <param name="from">The share at which the part begins.</param>
/// <param name="to">The share at which it ends.</param>
internal sealed class PartOfProgress(IProgress<double> whole, double from, double to) : IProgress<double>
{
    /// <inheritdoc/>
    public void Report(double value) => whole.Report(from + ((to - from) * value));
}
