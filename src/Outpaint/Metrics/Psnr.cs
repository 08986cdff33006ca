using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>Peak signal-to-noise ratio over the hole: 10 log10(range^2 / MSE), range 2 for values in [-1, 1].</summary>
public static class Psnr
{
    /// <summary>One value per image in decibels, infinite where the hole is exact; higher is better.</summary>
    /// <param name="output">The method's images, [N, 3, H, W] in [-1, 1].</param>
    /// <param name="original">The true images, likewise.</param>
    /// <param name="mask">1 where the hole is, 0 where pixels are known: [N or 1, 1, H, W].</param>
    /// <exception cref="ArgumentException">A shape is another, images are no floating-point numbers, or a side is too short.</exception>
    public static double[] Compute(Tensor output, Tensor original, Tensor mask)
    {
        using var scope = new TensorScope();
        (output, original) = MetricInput.Pair(output, original);
        mask = MetricInput.Mask(mask, output);
        double[] meanSquaredErrors = Region.Mean((output - original).Square(), mask);
        return [.. meanSquaredErrors.Select(error => 10 * Math.Log10(4 / error))];
    }
}
