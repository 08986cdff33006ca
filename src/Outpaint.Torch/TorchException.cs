namespace Outpaint.Torch;

/// <summary>libtorch refused an operation; the message is its own.</summary>
public sealed class TorchException(string message) : Exception(FirstLine(message))
{
    // libtorch appends C++ stack frames and hints on the following lines.
    private static string FirstLine(string message)
    {
        int end = message.IndexOf("\nException raised from", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd();
    }
}
