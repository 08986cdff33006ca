using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>
/// Differentiable augmentation (Zhao et al. 2020, https://github.com/mit-han-lab/data-efficient-gans): colour,
/// translation and cutout of whatever the discriminators see. A photograph and its fill are changed alike and the hole
/// moves along, so that they differ in the hole only, as before.
/// </summary>
internal static class DiffAugment
{
    /// <summary>Changes images; the gradient passes through.</summary>
    /// <param name="image">[N, 3, S, S] in [-1, 1]; what is returned may leave the range.</param>
    /// <param name="augmentations">One per image.</param>
    internal static Tensor Apply(Tensor image, Augmentation[] augmentations)
    {
        Tensor Each(Func<Augmentation, double> value) =>
            Tensor.From([.. augmentations.Select(a => (float)value(a))], augmentations.Length, 1, 1, 1).To(image.Device);
        Tensor x = image + Each(a => a.Brightness);
        x = Scale(x, x.Mean([1], keepDimensions: true), Each(a => a.Saturation));
        x = Scale(x, x.Mean([1, 2, 3], keepDimensions: true), Each(a => a.Contrast));
        return Move(x, augmentations).Contiguous(MemoryFormat.ChannelsLast);
    }

    /// <summary>Moves holes along; nothing is to be told apart where both are blank, so that counts as known.</summary>
    /// <param name="mask">[N, 1, S, S], 1 in the hole.</param>
    /// <param name="augmentations">One per image.</param>
    internal static Tensor ApplyToMask(Tensor mask, Augmentation[] augmentations) => Move(mask, augmentations);

    private static Tensor Scale(Tensor x, Tensor centre, Tensor factor) => ((x - centre) * factor) + centre;

    // Translation leaves zeros behind; so does cutout.
    private static Tensor Move(Tensor x, Augmentation[] augmentations)
    {
        Tensor[] moved = [.. augmentations.Select((a, i) => Dispatcher.Call(
            "constant_pad_nd", x.Narrow(0, i, 1), new long[] { a.ShiftX, -a.ShiftX, a.ShiftY, -a.ShiftY }))];
        Tensor kept = RectangleMask.Outside([.. augmentations.Select(a => a.Cutout)], (int)x.Size(3), x.Device);
        return Tensor.Cat(moved, 0) * kept;
    }
}
