namespace Outpaint.Torch;

/// <summary>libtorch refused an operation; the message is the first line of its own.</summary>
public sealed class TorchException(string message) : Exception(FirstLine(message))
{
    // libtorch has a type of its own for the allocator of CUDA only, so its words tell: the allocators', and those of cuBLAS
    // and cuDNN.
    private static readonly string[] OutOfMemory = ["out of memory", "can't allocate memory", "not enough memory", "ALLOC_FAILED"];

    /// <summary>Whether the memory of the host or the GPU was too small for the operation.</summary>
    public bool IsOutOfMemory => OutOfMemory.Any(words => Message.Contains(words, StringComparison.Ordinal));

    // The lines below it are C++ stack frames, lists of registered kernels and hints for Python.
    private static string FirstLine(string message)
    {
        int end = message.IndexOf('\n');
        return (end < 0 ? message : message[..end]).TrimEnd();
    }
}
