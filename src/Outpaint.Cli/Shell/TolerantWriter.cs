using System.Text;

namespace Outpaint.Cli.Shell;

/// <summary>Passes text on as far as it goes: a log on a full disk, or a terminal that is gone, costs the text and not the work.</summary>
/// <param name="inner">Where the text goes. It stays open.</param>
internal sealed class TolerantWriter(TextWriter inner) : TextWriter
{
    /// <summary>What went wrong first; null if nothing did.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem ??= e.Message.TrimEnd('.');
        }
    }
}
