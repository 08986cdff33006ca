using Outpaint.Torch;

namespace Outpaint.Losses;

/// <summary>Networks answer in bf16 under autocast; losses are summed in single precision.</summary>
internal static class SinglePrecision
{
    /// <summary>bf16 as Float32; any other type as it is.</summary>
    internal static Tensor Exact(this Tensor tensor) => tensor.DType == DType.BFloat16 ? tensor.To(DType.Float32) : tensor;
}
