namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>A tensor as a strided view of a storage.</summary>
/// <param name="Storage">Where its elements are.</param>
/// <param name="Offset">The storage's element at which the tensor starts.</param>
/// <param name="Shape">Size of each dimension.</param>
/// <param name="Strides">Distance in elements between neighbours along each dimension.</param>
internal sealed record TensorReference(StorageReference Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Whether the view is possible and lies inside a storage of so many elements.</summary>
    public bool FitsInto(long storageLength)
    {
        if (Shape.Length != Strides.Length
            || !TensorLayout.TryGetByteCount(Shape, Storage.DType, out long byteCount)
            // An expanded view has more elements than its storage: a small file could ask for all memory.
            || byteCount / Storage.DType.ByteSize() > storageLength)
            return false;
        if (byteCount == 0)
            return true;

        long last = Offset;
        for (int i = 0; i < Shape.Length; i++)
        {
            long steps = Shape[i] - 1;
            if (last < 0 || Strides[i] < 0 || (steps > 0 && Strides[i] > (storageLength - last) / steps))
                return false;
            last += steps * Strides[i];
        }

        return last >= 0 && last < storageLength;
    }
}
