namespace Outpaint.Cli.Shell;

/// <summary>Passes text on and tells what it was. Threads may share it.</summary>
/// <param name="inner">Where the text goes. It stays open.</param>
/// <param name="record">Told each piece.</param>
internal sealed class RecordingWriter(TextWriter inner, Action<string> record) : PassingWriter(inner)
{
    private readonly Lock guard = new();

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        lock (guard)
            Inner.Write(value);
        record(value);
    }
}
