namespace Outpaint.Torch.Serialization;

/// <summary>Sizes of tensors as a file states them, which may be nonsense.</summary>
internal static class TensorLayout
{
    /// <summary>The most dimensions a tensor may have: libtorch's own limit in most operators.</summary>
    public const int MaxRank = 64;

    /// <summary>Bytes of a contiguous tensor; false where the shape is negative, too deep or too large to exist.</summary>
    public static bool TryGetByteCount(ReadOnlySpan<long> shape, DType dtype, out long byteCount)
    {
        byteCount = 0;
        if (shape.Length > MaxRank)
            return false;

        // Empty dimensions count as one until the end: [2^62, 2^62, 0] has no elements, yet its strides overflow.
        long product = dtype.ByteSize();
        bool empty = false;
        foreach (long size in shape)
        {
            if (size < 0 || product > long.MaxValue / Math.Max(size, 1))
                return false;
            product *= Math.Max(size, 1);
            empty |= size == 0;
        }

        byteCount = empty ? 0 : product;
        return true;
    }
}
