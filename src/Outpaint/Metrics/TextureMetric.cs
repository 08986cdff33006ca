using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>
/// Fine texture of the fill against that of the known part: mean square of the image minus its Gaussian blur of
/// sigma 1, in the hole over that in the known part. Near the originals' own value is good; less is blur, more is
/// noise. Windows on both sides of the border are left out, because a seam is no texture.
/// </summary>
public static class TextureMetric
{
    private const int WindowSize = 7;

    /// <summary>One ratio per image; NaN where the hole is narrower than a window of 7.</summary>
    /// <param name="images">Images [N, 3, H, W] in [-1, 1].</param>
    /// <param name="mask">1 where the hole is, 0 where pixels are known: [N or 1, 1, H, W].</param>
    /// <exception cref="ArgumentException">A shape is another, images are no floating-point numbers, or a side is too short.</exception>
    public static Ratio[] Compute(Tensor images, Tensor mask)
    {
        using var scope = new TensorScope();
        images = MetricInput.Images(images, WindowSize);
        mask = MetricInput.Mask(mask, images);
        Tensor blurred = GaussianBlur.Valid(images, WindowSize, sigma: 1);
        Tensor centres = images.Narrow(2, WindowSize / 2, blurred.Size(2)).Narrow(3, WindowSize / 2, blurred.Size(3));
        Tensor energy = (centres - blurred).Square();
        double[] hole = Region.Mean(energy, WindowsWithin(mask));
        double[] known = Region.Mean(energy, WindowsWithin(1 - mask));
        return [.. hole.Zip(known, (numerator, denominator) => new Ratio(numerator, denominator))];
    }

    private static Tensor WindowsWithin(Tensor region) =>
        1 - Dispatcher.Call("max_pool2d", 1 - region, new long[] { WindowSize, WindowSize }, new long[] { 1, 1 });
}
