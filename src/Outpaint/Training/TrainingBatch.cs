using System.Buffers;
using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>What the input pipeline hands to a step: crops as bytes, and what is to be done with them on the device.</summary>
/// <param name="Pixels">Square crops one after another, each [S, S, 3], sRGB bytes.</param>
/// <param name="CropSides">S of each crop, in pixels of the photo.</param>
/// <param name="Flipped">Whether each crop is mirrored left to right.</param>
/// <param name="Margins">The hole of each canvas.</param>
public sealed record TrainingBatch(ReadOnlyMemory<byte> Pixels, int[] CropSides, bool[] Flipped, Margins[] Margins) : IDisposable
{
    /// <summary>What is changed in the discriminators' view of each canvas; null for nothing.</summary>
    public Augmentation[]? Augmentations { get; init; }

    /// <summary>Takes the memory of the pixels back; null when nobody does.</summary>
    internal IMemoryOwner<byte>? Owner { get; init; }

    /// <summary>Uploads the crops and makes canvases of them.</summary>
    /// <param name="size">Side of the canvas in pixels.</param>
    /// <param name="device">Where to work.</param>
    /// <returns>Image [N, 3, size, size] in [-1, 1], channels last, and mask [N, 1, size, size], 1 in the hole.</returns>
    public (Tensor Image, Tensor Mask) ToTensors(int size, Device device)
    {
        using TensorScope scope = new();
        Tensor bytes = Tensor.FromBytes(Pixels.Span, [Pixels.Length], DType.UInt8).To(device);
        Tensor values = (bytes.To(DType.Float32) / 127.5) - 1;
        Tensor image = Tensor.Cat([.. Canvases(values, size)], 0);
        Tensor flipped = Tensor.From(Flipped, Flipped.Length, 1, 1, 1).To(device);
        image = image.Flip(3).Where(flipped, image).Contiguous(MemoryFormat.ChannelsLast);
        Rectangle[] known = [.. Margins.Select(m => new Rectangle(m.Left, m.Top, size - m.Right, size - m.Bottom))];
        return (scope.Keep(image), scope.Keep(RectangleMask.Outside(known, size, device)));
    }

    /// <summary>Gives the memory of the pixels back; they cannot be used any more.</summary>
    public void Dispose() => Owner?.Dispose();

    // Each crop has a scale of its own: one small photo must not shrink the crops of all.
    private IEnumerable<Tensor> Canvases(Tensor values, int size)
    {
        long start = 0;
        foreach (int side in CropSides)
        {
            Tensor crop = values.Narrow(0, start, (long)side * side * 3).Reshape(1, side, side, 3).Permute(0, 3, 1, 2);
            start += (long)side * side * 3;
            yield return side == size
                ? crop
                : Dispatcher.Call("_upsample_bilinear2d_aa", crop, new long[] { size, size }, false, Argument.None, Argument.None);
        }
    }
}
