using Outpaint.Models;
using Outpaint.Models.Blocks;
using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>A Gaussian window applied to each channel by two one-dimensional convolutions.</summary>
internal static class GaussianBlur
{
    /// <summary>Weighted means over windows that lie wholly inside: [N, C, H, W] to [N, C, H - size + 1, W - size + 1].</summary>
    public static Tensor Valid(Tensor images, int size, double sigma)
    {
        double[] weights = [.. Enumerable.Range(0, size).Select(i => Math.Exp(-Math.Pow(i - ((size - 1) / 2.0), 2) / (2 * sigma * sigma)))];
        double total = weights.Sum();

        using var scope = new TensorScope();
        Tensor kernel = Tensor.From(weights.Select(weight => (float)(weight / total)).ToArray(), 1, 1, size, 1).To(images.Device);
        return scope.Keep(DepthwiseConvolution.Apply(DepthwiseConvolution.Apply(images, kernel), kernel.Permute(0, 1, 3, 2)));
    }
}
