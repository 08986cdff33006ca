using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>Averages over a part of each image.</summary>
internal static class Region
{
    /// <summary>The mean of values [N, C, H, W] where the region [N or 1, 1, H, W] is 1, one per image.</summary>
    public static double[] Mean(Tensor values, Tensor region)
    {
        using var scope = new TensorScope();
        Tensor total = (values * region).To(DType.Float64).Sum([1, 2, 3]);
        Tensor count = region.To(DType.Float64).Sum([1, 2, 3]) * values.Size(1);
        return (total / count).ToArray<double>();
    }
}
