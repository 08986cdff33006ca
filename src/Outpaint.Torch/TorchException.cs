namespace Outpaint.Torch;

/// <summary>libtorch refused an operation; the message is the first line of its own, where that is long its beginning.</summary>
public sealed class TorchException(string message) : Exception(Shortened(FirstLine(message)))
{
    // Some lines go on with advice and a list of all backends, for a thousand characters.
    private const int LongestMessage = 300;

    // libtorch has a type of its own for the allocator of CUDA only, so its words tell: the allocators', and those of cuBLAS
    // and cuDNN.
    private static readonly string[] OutOfMemory = ["out of memory", "can't allocate memory", "not enough memory", "ALLOC_FAILED"];

    /// <summary>All that libtorch said, on many lines.</summary>
    public string Details => message;

    /// <summary>Whether the memory of the host or the GPU was too small for the operation.</summary>
    public bool IsOutOfMemory => OutOfMemory.Any(words => FirstLine(message).Contains(words, StringComparison.Ordinal));

    /// <summary>The exception with its stack trace, and all that libtorch said.</summary>
    public override string ToString() => $"{base.ToString()}{Environment.NewLine}{Details}";

    // The lines below it are C++ stack frames, lists of registered kernels and hints for Python.
    private static string FirstLine(string message)
    {
        int end = message.IndexOf('\n');
        return (end < 0 ? message : message[..end]).TrimEnd();
    }

    private static string Shortened(string line) => line.Length <= LongestMessage ? line : $"{line[..LongestMessage]}…";
}
