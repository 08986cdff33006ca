using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>
/// How much the fill looks like the mirrored known part: <see cref="MirrorCorrelation"/>, averaged over its scales. The
/// originals' own value is the yardstick; the mirror image has 1.
/// </summary>
public static class MirrorMetric
{
    /// <summary>One value per image, in [-1, 1].</summary>
    /// <param name="images">Images [N, 3, H, W] in [-1, 1], sides of at least 8.</param>
    /// <param name="mask">1 where the hole is, 0 where pixels are known, one rectangle: [1, 1, H, W].</param>
    /// <exception cref="ArgumentException">A shape is another, images are no floating-point numbers, or a side is too short.</exception>
    public static double[] Compute(Tensor images, Tensor mask)
    {
        using var scope = new TensorScope();
        images = MetricInput.Images(images, 8);
        mask = MetricInput.Mask(mask, images);
        Tensor correlations = MirrorCorrelation.Compute(images, ReflectionPrefill.Fill(images, mask), mask);
        return correlations.Mean([0]).To(DType.Float64).ToArray<double>();
    }
}
