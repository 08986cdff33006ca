namespace Outpaint.Torch;

/// <summary>libtorch refused an operation; the message is the first line of its own.</summary>
public sealed class TorchException(string message) : Exception(FirstLine(message))
{
    // The lines below it are C++ stack frames, lists of registered kernels and hints for Python.
    private static string FirstLine(string message)
    {
        int end = message.IndexOf('\n');
        return (end < 0 ? message : message[..end]).TrimEnd();
    }
}
