using System.Text;

namespace Outpaint.Cli.Shell;

/// <summary>Passes text on and tells what it was. Threads may share it.</summary>
/// <param name="inner">Where the text goes. It stays open.</param>
/// <param name="record">Told each piece.</param>
internal sealed class RecordingWriter(TextWriter inner, Action<string> record) : TextWriter
{
    private readonly Lock guard = new();

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        lock (guard)
            inner.Write(value);
        record(value);
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
