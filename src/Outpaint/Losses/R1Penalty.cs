using Outpaint.Torch;

namespace Outpaint.Losses;

/// <summary>
/// R1 (Mescheder et al. 2018, equation 9): half the squared gradient of a discriminator's score with respect to
/// photographs. It keeps the discriminator flat where there is nothing to tell, so that the generator can arrive. It
/// differentiates a gradient, which is slow; taken every few steps with as many times the weight it does as well
/// (lazy regularisation, Karras et al. 2020, StyleGAN2, section 3.1).
/// </summary>
public static class R1Penalty
{
    /// <summary>Computes the penalty; use it in single precision.</summary>
    /// <param name="discriminator">From images to logits [N, 1, h, w]. An image's score is their mean, as it is in the loss.</param>
    /// <param name="real">Photographs, [N, 3, H, W].</param>
    /// <returns>A scalar that can be differentiated with respect to the discriminator's weights.</returns>
    public static Tensor Compute(Func<Tensor, Tensor> discriminator, Tensor real)
    {
        Tensor input = real.Detach();
        input.RequiresGrad = true;
        Tensor scores = discriminator(input).Mean([1, 2, 3]);
        // Photographs do not see each other, so the gradient of the sum holds that of each one's score.
        Tensor gradient = Autograd.Grad(scores.Sum(), [input], createGraph: true)[0]!;
        return gradient.Square().Sum([1, 2, 3]).Mean() * 0.5;
    }
}
