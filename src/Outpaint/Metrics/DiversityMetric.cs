using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>
/// How different the fills of one picture are: LPIPS between each two of them, averaged, as in Zhu et al. 2017
/// (BicycleGAN), section 5.2. 0 for a method that has but one fill.
/// </summary>
public static class DiversityMetric
{
    /// <summary>One value per picture.</summary>
    /// <param name="lpips">The network that compares.</param>
    /// <param name="fills">At least two fills of the same pictures, each [N, 3, H, W] in [-1, 1].</param>
    public static double[] Compute(Lpips lpips, IReadOnlyList<Tensor> fills)
    {
        double[][] pairs = [.. fills.SelectMany((fill, i) => fills.Skip(i + 1).Select(other => lpips.Compute(fill, other)))];
        return [.. Enumerable.Range(0, (int)fills[0].Size(0)).Select(picture => pairs.Average(pair => pair[picture]))];
    }
}
