using Outpaint.Torch;

namespace Outpaint.Losses;

/// <summary>mean |x - y| / mean |y|; the means are taken in single precision.</summary>
internal static class RelativeL1
{
    internal static Tensor Compute(Tensor value, Tensor reference)
    {
        Tensor size;
        using (GradMode.Disabled())
            size = reference.Abs().Exact().Mean() + 1e-6;
        return (value - reference).Abs().Exact().Mean() / size;
    }
}
