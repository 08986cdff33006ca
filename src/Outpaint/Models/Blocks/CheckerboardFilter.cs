using Outpaint.Torch;

namespace Outpaint.Models.Blocks;

/// <summary>
/// Takes out of a picture what alternates from pixel to pixel along rows or columns: the pattern in which the four
/// phases of a sub-pixel convolution drift apart (checkerboard, Odena et al. 2016; Aitken et al. 2017).
/// </summary>
/// <remarks>
/// A notch at the Nyquist frequency: h(n) = delta(n) - (-1)^n g(n), g a Gaussian of two pixels. The gain is 1 for a
/// constant, 0 for +1 -1 +1 ..., and above .85 for all that has a period of three pixels or more. It is fixed, so
/// training learns to live with it instead of learning to drift.
/// </remarks>
internal static class CheckerboardFilter
{
    private const int Radius = 6;
    private const double Deviation = 2;

    /// <summary>Filters [N, C, H, W], Float32; H and W above 6.</summary>
    internal static Tensor Apply(Tensor input)
    {
        using Autocast exact = new(input.Device.Type, null);
        Tensor kernel = Kernel(input.Device);
        // Reflection goes on alternating beyond the edge, so that nothing appears there.
        Tensor padded = Dispatcher.Call("reflection_pad2d", input, new long[] { Radius, Radius, Radius, Radius });
        return DepthwiseConvolution.Apply(DepthwiseConvolution.Apply(padded, kernel), kernel.Permute(0, 1, 3, 2));
    }

    // Made on the device: a copy from the host would wait for it at every step.
    private static Tensor Kernel(Device device)
    {
        Tensor n = Tensor.Arange(-Radius, Radius + 1, DType.Float32, device);
        Tensor gaussian = (n.Square() / (-2 * Deviation * Deviation)).Exp();
        Tensor alternating = Dispatcher.Call("cos", n * Math.PI) * gaussian / gaussian.Sum();
        Tensor delta = (1 - n.Abs()).ClampMin(0);
        return (delta - alternating).Reshape(1, 1, 1, -1);
    }
}
