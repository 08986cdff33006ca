using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>What the input pipeline hands to a step: crops as bytes, and what is to be done with them on the device.</summary>
/// <param name="Pixels">Square crops of one size, [N, S, S, 3], sRGB bytes.</param>
/// <param name="CropSize">S, in pixels of the photo.</param>
/// <param name="Flipped">Whether each crop is mirrored left to right.</param>
/// <param name="Margins">The hole of each canvas.</param>
/// <param name="DraftScale">
/// How much smaller the fill was made that the generator is to refine, above 1; null when it is to fill an empty hole.
/// </param>
public sealed record TrainingBatch(byte[] Pixels, int CropSize, bool[] Flipped, Margins[] Margins, double? DraftScale = null)
{
    /// <summary>Uploads the crops and makes canvases of them.</summary>
    /// <param name="size">Side of the canvas in pixels.</param>
    /// <param name="device">Where to work.</param>
    /// <returns>Image [N, 3, size, size] in [-1, 1], channels last, and mask [N, 1, size, size], 1 in the hole.</returns>
    public (Tensor Image, Tensor Mask) ToTensors(int size, Device device)
    {
        using TensorScope scope = new();
        long count = Flipped.Length;
        Tensor bytes = Tensor.FromBytes(Pixels, [count, CropSize, CropSize, 3], DType.UInt8).To(device);
        Tensor image = (bytes.Permute(0, 3, 1, 2).To(DType.Float32) / 127.5) - 1;
        if (CropSize != size)
            image = Dispatcher.Call("_upsample_bilinear2d_aa", image, new long[] { size, size }, false, Argument.None, Argument.None);
        Tensor flipped = Tensor.From(Flipped, count, 1, 1, 1).To(device);
        image = image.Flip(3).Where(flipped, image).Contiguous(MemoryFormat.ChannelsLast);
        return (scope.Keep(image), scope.Keep(Mask(size, device)));
    }

    private Tensor Mask(int size, Device device)
    {
        Tensor index = Tensor.Arange(0, size, DType.Float32, device);
        Tensor rows = Outside(index, m => m.Top, m => size - m.Bottom, device).Reshape(-1, 1, size, 1);
        Tensor columns = Outside(index, m => m.Left, m => size - m.Right, device).Reshape(-1, 1, 1, size);
        return Dispatcher.Call("maximum", rows, columns);
    }

    // 1 where the index lies before the known part or behind it, [N, size].
    private Tensor Outside(Tensor index, Func<Margins, int> start, Func<Margins, int> end, Device device)
    {
        Tensor starts = Tensor.From([.. Margins.Select(m => (float)start(m))], Margins.Length, 1).To(device);
        Tensor ends = Tensor.From([.. Margins.Select(m => (float)end(m))], Margins.Length, 1).To(device);
        Tensor before = Dispatcher.Call("lt.Tensor", index, starts);
        Tensor behind = Dispatcher.Call("ge.Tensor", index, ends);
        return Dispatcher.Call("logical_or", before, behind).To(DType.Float32);
    }
}
