using Outpaint.Models;
using Outpaint.Torch;

namespace Outpaint.Losses;

/// <summary>
/// Binary cross-entropy with logits (Goodfellow et al. 2014): -log sigmoid(l) for "real", -log(1 - sigmoid(l)) for
/// "fake", in the stable forms softplus(-l) and softplus(l). The generator minimises -log sigmoid(D(fake)), the
/// non-saturating form, because log(1 - D) has no gradient while the discriminator is winning.
/// </summary>
public static class AdversarialLoss
{
    /// <summary>What a discriminator minimises.</summary>
    /// <param name="real">Logits [N, 1, h, w] of photographs.</param>
    /// <param name="fake">Logits [N, 1, h, w] of outpainted pictures.</param>
    /// <param name="mask">
    /// [N, 1, H, W], 1 in the hole. Only places that touch the hole count as fake; the others are the photograph
    /// itself and count as real (LaMa's labels, Suvorov et al. 2022, section 2.2).
    /// </param>
    /// <returns>A scalar.</returns>
    public static Tensor Discriminator(Tensor real, Tensor fake, Tensor mask)
    {
        Tensor touched = MaskScaling.Touched(mask, fake);
        Tensor onFake = (touched * Fake(fake)) + ((1 - touched) * Real(fake));
        return Real(real).Mean() + onFake.Mean();
    }

    /// <summary>What the generator minimises: the places that touch the hole should look real.</summary>
    /// <param name="fake">Logits [N, 1, h, w] of outpainted pictures.</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Generator(Tensor fake, Tensor mask)
    {
        Tensor touched = MaskScaling.Touched(mask, fake);
        return (touched * Real(fake)).Sum() / touched.Sum().ClampMin(1);
    }

    /// <summary>What several discriminators minimise, each with the same share; 0 for none.</summary>
    /// <param name="real">Each one's logits of photographs.</param>
    /// <param name="fake">Each one's logits of outpainted pictures.</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Discriminator(Tensor[] real, Tensor[] fake, Tensor mask) =>
        MeanLoss.Of(real.Zip(fake, (onReal, onFake) => Discriminator(onReal, onFake, mask)), mask.Device);

    /// <summary>What the generator minimises against several discriminators, each with the same share; 0 for none.</summary>
    /// <param name="fake">Each one's logits of outpainted pictures.</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Generator(Tensor[] fake, Tensor mask) => MeanLoss.Of(fake.Select(logits => Generator(logits, mask)), mask.Device);

    private static Tensor Real(Tensor logits) => (-logits.Exact()).Softplus();

    private static Tensor Fake(Tensor logits) => logits.Exact().Softplus();
}
