using Outpaint.Torch;

namespace Outpaint.Models;

/// <summary>Brings masks to the resolution of feature maps.</summary>
internal static class MaskScaling
{
    /// <summary>1 where the cell of a feature map touches the hole.</summary>
    /// <param name="mask">[N, 1, H, W], 1 in the hole.</param>
    /// <param name="like">[N, C, h, w]: the resolution wanted.</param>
    /// <returns>[N, 1, h, w], Float32.</returns>
    internal static Tensor Touched(Tensor mask, Tensor like) =>
        Dispatcher.CallMany("adaptive_max_pool2d", mask, new long[] { like.Size(2), like.Size(3) })[0];
}
