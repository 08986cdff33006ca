using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;

namespace Outpaint.Losses;

/// <summary>
/// Holds a fill to as much likeness with the mirrored photograph as the original has. The generator starts from a mirror
/// image, and neither L1 nor discriminators of patches mind one: every patch of it is real. Our own term.
/// </summary>
public static class MirrorPenalty
{
    /// <summary>Computes the penalty.</summary>
    /// <param name="composite">The outpainted pictures, [N, 3, H, W] in [-1, 1], sides of at least 8.</param>
    /// <param name="original">The photographs, likewise.</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole.</param>
    /// <returns>
    /// A scalar in [0, 4]: the squared difference of both <see cref="MirrorCorrelation"/>s, averaged over images and scales. The
    /// original's cannot be foreseen; least squares lead to its mean, where punishing only what exceeds it ends below.
    /// </returns>
    public static Tensor Compute(Tensor composite, Tensor original, Tensor mask)
    {
        Tensor mirrored, own;
        using (GradMode.Disabled())
        {
            mirrored = ReflectionPrefill.Fill(original, mask);
            own = MirrorCorrelation.Compute(original, mirrored, mask);
        }

        return (MirrorCorrelation.Compute(composite, mirrored, mask) - own).Square().Mean();
    }
}
