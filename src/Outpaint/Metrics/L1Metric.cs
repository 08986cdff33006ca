using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>Mean absolute error over the hole, as a share of the full range: mean |x - y| / 2 for values in [-1, 1].</summary>
public static class L1Metric
{
    /// <summary>One value per image, in [0, 1]; lower is better.</summary>
    /// <param name="output">The method's images, [N, 3, H, W] in [-1, 1].</param>
    /// <param name="original">The true images, likewise.</param>
    /// <param name="mask">1 where the hole is, 0 where pixels are known: [N or 1, 1, H, W].</param>
    /// <exception cref="ArgumentException">A shape is another, images are no floating-point numbers, or a side is too short.</exception>
    public static double[] Compute(Tensor output, Tensor original, Tensor mask)
    {
        using var scope = new TensorScope();
        (output, original) = MetricInput.Pair(output, original);
        mask = MetricInput.Mask(mask, output);
        return Region.Mean((output - original).Abs() / 2, mask);
    }
}
