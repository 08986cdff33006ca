using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;

namespace Outpaint.Losses;

/// <summary>
/// L1 distance to the original. In the hole it is weighted by (1 + cos(pi d / D)) / 2, d being the distance from the
/// known part and D the largest one: near the border there is one right answer, far from it there are many (Wang et
/// al. 2019, Wide-Context Semantic Image Extrapolation; Yang et al. 2019). On known pixels it is plain, which holds
/// the colours.
/// </summary>
public static class ReconstructionLoss
{
    /// <summary>Computes the loss.</summary>
    /// <param name="output">The generator's [N, 3, H, W].</param>
    /// <param name="original">The photograph, [N, 3, H, W] in [-1, 1].</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole.</param>
    /// <returns>A scalar: the weighted mean over the hole plus the mean over the known part.</returns>
    public static Tensor Compute(Tensor output, Tensor original, Tensor mask)
    {
        Tensor difference = (output - original).Abs().Mean([1], keepDimensions: true);
        Tensor weight = BorderWeight(mask);
        Tensor known = 1 - mask;
        return WeightedMean(difference, weight) + WeightedMean(difference, known);
    }

    /// <summary>The cosine weight in the hole, 0 in the known part; [N, 1, H, W].</summary>
    internal static Tensor BorderWeight(Tensor mask)
    {
        Tensor distance = Dispatcher.Call(
            "maximum", KnownRectangle.Along(mask, 2).Distance(), KnownRectangle.Along(mask, 3).Distance());
        Tensor farthest = Dispatcher.Call("amax", distance, new long[] { 1, 2, 3 }, true).ClampMin(1);
        Tensor cosine = Dispatcher.Call("cos", distance / farthest * Math.PI);
        return (cosine + 1) * 0.5 * mask;
    }

    private static Tensor WeightedMean(Tensor values, Tensor weight) =>
        (values * weight).Sum() / weight.Sum().ClampMin(1e-6);
}
