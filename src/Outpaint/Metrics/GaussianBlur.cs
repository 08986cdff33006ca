using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>A Gaussian window applied to each channel by two one-dimensional convolutions.</summary>
internal static class GaussianBlur
{
    /// <summary>Weighted means over windows that lie wholly inside: [N, C, H, W] to [N, C, H - size + 1, W - size + 1].</summary>
    public static Tensor Valid(Tensor images, int size, double sigma)
    {
        long channels = images.Size(1);
        double[] weights = [.. Enumerable.Range(0, size).Select(i => Math.Exp(-Math.Pow(i - ((size - 1) / 2.0), 2) / (2 * sigma * sigma)))];
        double total = weights.Sum();

        using var scope = new TensorScope();
        Tensor kernel = Tensor.From(weights.Select(weight => (float)(weight / total)).ToArray(), 1, 1, size, 1)
            .To(images.Device).Expand(channels, 1, size, 1);
        Tensor vertical = Convolve(images, kernel, channels);
        return scope.Keep(Convolve(vertical, kernel.Reshape(channels, 1, 1, size), channels));
    }

    private static Tensor Convolve(Tensor images, Tensor kernel, long channels) =>
        Dispatcher.Call("conv2d", images, kernel, Argument.None, new long[] { 1, 1 }, new long[] { 0, 0 }, new long[] { 1, 1 }, channels);
}
