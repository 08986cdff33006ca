namespace Outpaint.Cli.Shell;

/// <summary>Passes text on as far as it goes: a log on a full disk, or a terminal that is gone, costs the text and not the work.</summary>
/// <param name="inner">Where the text goes. It stays open.</param>
internal sealed class TolerantWriter(TextWriter inner) : PassingWriter(inner)
{
    /// <summary>What went wrong first; null if nothing did.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => Inner.Write(value));

    /// <inheritdoc/>
    public override void Flush() => Try(base.Flush);

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
