using Outpaint.Torch;

namespace Outpaint.Models.Prefill;

/// <summary>
/// What is random about a fill: the mirror image that the generator starts from is bent, more the further it is from the
/// border, where it still meets the picture. Our own; the more common noise vector is one that a generator with an L1 loss
/// learns to ignore (Isola et al. 2017, section 3.1), while another start leads to another picture.
/// </summary>
public static class PrefillWarp
{
    /// <summary>Numbers that a warp is drawn with: a displacement across and one down, at 5 x 5 places of the canvas.</summary>
    public const int Count = 2 * Places * Places;

    private const int Places = 5;

    /// <summary>Draws the numbers, uniformly.</summary>
    /// <param name="random">Where they come from.</param>
    /// <param name="strength">The greatest displacement, relative to the distance from the border; 0 bends nothing, 1 is the most that makes sense.</param>
    public static double[] Draw(Random random, double strength) =>
        [.. Enumerable.Range(0, Count).Select(_ => strength * ((2 * random.NextDouble()) - 1))];

    /// <summary>Bends what is in the hole.</summary>
    /// <param name="prefilled">[N, 3, H, W].</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole; the known part is one rectangle per image.</param>
    /// <param name="numbers">[N, <see cref="Count"/>], Float32: as drawn.</param>
    /// <returns>[N, 3, H, W]; the known part is unchanged.</returns>
    public static Tensor Apply(Tensor prefilled, Tensor mask, Tensor numbers)
    {
        using Autocast exact = new(prefilled.Device.Type, null);
        KnownRectangle columns = KnownRectangle.Along(mask, 3), rows = KnownRectangle.Along(mask, 2);
        Tensor distance = (columns.Distance().Square() + rows.Distance().Square()).Sqrt();
        Tensor shift = distance * Dispatcher.Call(
            "upsample_bicubic2d", numbers.Reshape(-1, 2, Places, Places), new long[] { prefilled.Size(2), prefilled.Size(3) }, /* align_corners: */ true);
        return Displacement.Apply(prefilled, mask, shift);
    }
}
