using Outpaint.Torch;

namespace Outpaint.Models.Prefill;

/// <summary>Fills the hole by mirroring the known rectangle; <see cref="ShallowReflection"/> makes of it what the generator starts from.</summary>
public static class ReflectionPrefill
{
    private const int BlurCell = 8;

    /// <summary>Mirrors the known rectangle into the hole, as often as it takes.</summary>
    /// <param name="image">[N, 3, H, W].</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole; the known part is one rectangle per image.</param>
    /// <returns>[N, 3, H, W]; the known part is unchanged.</returns>
    public static Tensor Fill(Tensor image, Tensor mask)
    {
        long[] s = image.Shape;
        Tensor rows = KnownRectangle.Along(mask, 2).Reflected();
        Tensor columns = KnownRectangle.Along(mask, 3).Reflected();
        Tensor mirrored = Dispatcher.Call("gather", image, 2, rows.Expand(s[0], s[1], s[2], s[3]));
        return Dispatcher.Call("gather", mirrored, 3, columns.Expand(s[0], s[1], s[2], s[3])).ForConvolution();
    }

    /// <summary>
    /// Keeps colours and loses detail (cell means, interpolated): detail added by the network to a sharp mirror image
    /// would never hide it.
    /// </summary>
    /// <param name="image">[N, 3, H, W], sides multiples of 8.</param>
    public static Tensor Blur(Tensor image)
    {
        using Autocast exact = new(image.Device.Type, null);
        long[] s = image.Shape;
        Tensor cells = Dispatcher.Call("avg_pool2d", image, new long[] { BlurCell, BlurCell });
        return Dispatcher.Call("upsample_bilinear2d", cells, new long[] { s[2], s[3] }, false);
    }
}
