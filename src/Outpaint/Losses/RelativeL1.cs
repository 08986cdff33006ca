using Outpaint.Torch;

namespace Outpaint.Losses;

/// <summary>mean |x - y| / mean |y|, in single precision.</summary>
internal static class RelativeL1
{
    internal static Tensor Compute(Tensor value, Tensor reference)
    {
        Tensor size;
        using (GradMode.Disabled())
            size = Exact(reference.Abs().Mean()) + 1e-6;
        return Exact((value - reference).Abs()).Mean() / size;
    }

    private static Tensor Exact(Tensor tensor) => tensor.DType == DType.BFloat16 ? tensor.To(DType.Float32) : tensor;
}
