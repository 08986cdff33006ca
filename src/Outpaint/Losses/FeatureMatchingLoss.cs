using Outpaint.Torch;

namespace Outpaint.Losses;

/// <summary>
/// Distance between the discriminator's own activations of the outpainted picture and of the photograph (Wang et al.
/// 2018, pix2pixHD, section 3.2), relative to their size: it steadies the adversarial game.
/// </summary>
public static class FeatureMatchingLoss
{
    /// <summary>Computes the loss.</summary>
    /// <param name="fake">Activations of the outpainted picture; the last entry, the logits, does not count.</param>
    /// <param name="real">Activations of the photograph, outside any graph.</param>
    /// <returns>A scalar; 0 for equal activations.</returns>
    public static Tensor Compute(IReadOnlyList<Tensor> fake, IReadOnlyList<Tensor> real) =>
        PerceptualLoss.Compute([.. fake.SkipLast(1)], [.. real.SkipLast(1)]);
}
