using Outpaint.Torch;

namespace Outpaint.Losses;

/// <summary>Several losses as one, each with the same share.</summary>
internal static class MeanLoss
{
    /// <summary>The mean of scalars; 0 for none.</summary>
    /// <param name="losses">The scalars.</param>
    /// <param name="device">Where they are.</param>
    internal static Tensor Of(IEnumerable<Tensor> losses, Device device) =>
        losses.ToArray() is { Length: > 0 } all ? Tensor.Stack(all).Mean() : Tensor.Zeros([], DType.Float32, device);
}
