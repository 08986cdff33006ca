using System.Text;

namespace Outpaint.Cli.Shell;

/// <summary>Passes text on, whole pieces at a time: whatever is written comes to one method.</summary>
/// <param name="inner">Where the text goes. It stays open.</param>
internal abstract class PassingWriter(TextWriter inner) : TextWriter
{
    /// <summary>Where the text goes.</summary>
    protected TextWriter Inner => inner;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public abstract override void Write(string? value);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
