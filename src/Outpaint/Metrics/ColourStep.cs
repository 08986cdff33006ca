using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>
/// The colour shift at the border: at each hole pixel that touches a known one, the mean L*a*b* colour of the hole
/// and that of the known part within a 9 x 9 window, and their distance (Delta E, CIE 1976); averaged along the border.
/// About 2 is just visible; the originals' own value is the yardstick.
/// </summary>
public static class ColourStep
{
    private const int WindowSize = 9;

    /// <summary>One mean Delta E per image.</summary>
    /// <param name="images">Images [N, 3, H, W] in [-1, 1].</param>
    /// <param name="mask">1 where the hole is, 0 where pixels are known: [N or 1, 1, H, W].</param>
    /// <exception cref="ArgumentException">A shape is another, images are no floating-point numbers, or a side is too short.</exception>
    public static double[] Compute(Tensor images, Tensor mask)
    {
        using var scope = new TensorScope();
        images = MetricInput.Images(images);
        mask = MetricInput.Mask(mask, images);
        Tensor lab = CieLab.FromSrgb(images);
        Tensor known = 1 - mask;
        Tensor step = LocalMean(lab, mask) - LocalMean(lab, known);
        Tensor deltaE = step.Square().Sum([1], keepDimensions: true).Sqrt();
        Tensor touchesKnown = Dispatcher.Call("max_pool2d", known, new long[] { 3, 3 }, new long[] { 1, 1 }, new long[] { 1, 1 });
        return Region.Mean(deltaE, mask * touchesKnown);
    }

    // Where a window has nothing of the region the result means nothing, but stays finite.
    private static Tensor LocalMean(Tensor values, Tensor region) => WindowMean(values * region) / WindowMean(region).Clamp(1e-6, 1);

    private static Tensor WindowMean(Tensor values) => Dispatcher.Call(
        "avg_pool2d", values, new long[] { WindowSize, WindowSize }, new long[] { 1, 1 }, new long[] { WindowSize / 2, WindowSize / 2 });
}
