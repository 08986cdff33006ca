using Outpaint.Torch;

namespace Outpaint.Models.Blocks;

/// <summary>A fixed kernel over each channel by itself, without padding.</summary>
internal static class DepthwiseConvolution
{
    /// <summary>Convolves [N, C, H, W] to [N, C, H - h + 1, W - w + 1].</summary>
    /// <param name="input">The channels.</param>
    /// <param name="kernel">[1, 1, h, w], of the input's type and device; the same for every channel.</param>
    internal static Tensor Apply(Tensor input, Tensor kernel)
    {
        long channels = input.Size(1);
        Tensor kernels = kernel.Expand(channels, 1, kernel.Size(2), kernel.Size(3)).Contiguous();
        return Dispatcher.Call(
            "conv2d", input, kernels, Argument.None, new long[] { 1, 1 }, new long[] { 0, 0 }, new long[] { 1, 1 }, channels);
    }
}
