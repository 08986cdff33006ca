using Outpaint.Torch;
using Outpaint.Training.Batches;
using Outpaint.Training.Masks;

namespace Outpaint.Training;

/// <summary>
/// Differentiable augmentation (Zhao et al. 2020, https://github.com/mit-han-lab/data-efficient-gans): colour,
/// translation and cutout of whatever the discriminators see. A photograph and its fill are changed alike and the hole
/// moves along, so that they differ in the hole only, as before.
/// </summary>
internal sealed class DiffAugment
{
    private readonly Augmentation[] augmentations;
    private readonly Tensor brightness, saturation, contrast; // [N, 1, 1, 1]
    private readonly Tensor kept; // [N, 1, S, S]

    /// <summary>Sends a batch's changes to the device, without waiting for it.</summary>
    /// <param name="augmentations">One per image.</param>
    /// <param name="size">Side of the images in pixels.</param>
    /// <param name="device">Where the images are.</param>
    internal DiffAugment(Augmentation[] augmentations, int size, Device device)
    {
        this.augmentations = augmentations;
        Tensor numbers = BatchNumbers.Send(
            device,
            [.. augmentations.Select(a => a.Brightness)],
            [.. augmentations.Select(a => a.Saturation)],
            [.. augmentations.Select(a => a.Contrast)],
            [.. augmentations.Select(a => (double)a.Cutout.Left)],
            [.. augmentations.Select(a => (double)a.Cutout.Top)],
            [.. augmentations.Select(a => (double)a.Cutout.Right)],
            [.. augmentations.Select(a => (double)a.Cutout.Bottom)]);
        Tensor Each(long row) => numbers[row].To(DType.Float32).Reshape(-1, 1, 1, 1);
        (brightness, saturation, contrast) = (Each(0), Each(1), Each(2));
        kept = RectangleMask.Outside(numbers.Narrow(0, 3, 4), size);
    }

    /// <summary>Changes images; the gradient passes through.</summary>
    /// <param name="image">[N, 3, S, S] in [-1, 1]; what is returned may leave the range.</param>
    internal Tensor Apply(Tensor image)
    {
        Tensor x = image + brightness;
        x = Scale(x, x.Mean([1], keepDimensions: true), saturation);
        x = Scale(x, x.Mean([1, 2, 3], keepDimensions: true), contrast);
        return Move(x).ForConvolution();
    }

    /// <summary>Moves holes along; nothing is to be told apart where both are blank, so that counts as known.</summary>
    /// <param name="mask">[N, 1, S, S], 1 in the hole.</param>
    internal Tensor ApplyToMask(Tensor mask) => Move(mask);

    private static Tensor Scale(Tensor x, Tensor centre, Tensor factor) => ((x - centre) * factor) + centre;

    // Translation leaves zeros behind; so does cutout.
    private Tensor Move(Tensor x)
    {
        Tensor[] moved = [.. augmentations.Select((a, i) => Dispatcher.Call(
            "constant_pad_nd", x.Narrow(0, i, 1), new long[] { a.ShiftX, -a.ShiftX, a.ShiftY, -a.ShiftY }))];
        return Tensor.Cat(moved, 0) * kept;
    }
}
