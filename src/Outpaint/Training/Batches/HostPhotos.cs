using System.Buffers;
using Outpaint.Data;
using Outpaint.Models;
using Outpaint.Torch;

namespace Outpaint.Training.Batches;

/// <summary>Photos that stay where the data set has them: the crops of each step are copied out and uploaded.</summary>
internal sealed class HostPhotos(ImageDataset dataset, int size, Device device) : IPhotoSource
{
    /// <inheritdoc/>
    public TrainingBatch Load(BatchPlan plan)
    {
        long bytes = plan.Crops.Sum(crop => (long)ByteCount(crop));
        if (bytes > Array.MaxLength)
            throw new TrainingException($"A batch takes {bytes >> 20} MiB of pixels; use a smaller --batch_size or --image_size.");
        int length = (int)bytes;
        IMemoryOwner<byte> memory = MemoryPool<byte>.Shared.Rent(length);
        Span<byte> left = memory.Memory.Span;
        foreach (Crop crop in plan.Crops)
        {
            dataset.CopySquare(crop.Photo, crop.Left, crop.Top, crop.Side, left);
            left = left[ByteCount(crop)..];
        }

        return new TrainingBatch(plan, size, device, _ => Canvases(plan.Crops, memory.Memory.Span[..length]), memory);
    }

    /// <summary>Nothing: the data set belongs to someone else.</summary>
    public void Dispose()
    {
    }

    private static int ByteCount(Crop crop) => crop.Side * crop.Side * 3;

    private Tensor Canvases(Crop[] crops, ReadOnlySpan<byte> pixels)
    {
        Tensor values = PixelRange.FromBytes(Tensor.FromBytes(pixels, [pixels.Length], DType.UInt8).Upload(device));
        return Tensor.Cat([.. Canvases(crops, values)], 0);
    }

    // Each crop has a scale of its own: one small photo must not shrink the crops of all.
    private IEnumerable<Tensor> Canvases(Crop[] crops, Tensor values)
    {
        long start = 0;
        foreach (Crop crop in crops)
        {
            Tensor square = values.Narrow(0, start, ByteCount(crop)).Reshape(1, crop.Side, crop.Side, 3).Permute(0, 3, 1, 2);
            start += ByteCount(crop);
            yield return crop.Side == size
                ? square
                : Dispatcher.Call("_upsample_bilinear2d_aa", square, new long[] { size, size }, false, Argument.None, Argument.None);
        }
    }
}
