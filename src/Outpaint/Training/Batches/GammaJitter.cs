using Outpaint.Torch;

namespace Outpaint.Training.Batches;

/// <summary>
/// Makes photos brighter or darker, each by an exponent of its own, so that what a network learns of how a scene goes on
/// does not hang on how bright scenes are among the photos it is shown. Black and white stay.
/// </summary>
internal static class GammaJitter
{
    /// <summary>Draws an exponent: e^u, u even in [-strength, strength].</summary>
    internal static double Draw(Random random, double strength) => Math.Exp(strength * ((2 * random.NextDouble()) - 1));

    /// <summary>Applies the exponents.</summary>
    /// <param name="image">[N, 3, H, W] in [-1, 1].</param>
    /// <param name="gamma">[N].</param>
    internal static Tensor Apply(Tensor image, Tensor gamma)
    {
        // A value that rounding took below 0 has no such power.
        Tensor level = ((image + 1) * 0.5).Clamp(0, 1);
        return (Dispatcher.Call("pow.Tensor_Tensor", level, gamma.Reshape(-1, 1, 1, 1)) * 2) - 1;
    }
}
