using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>
/// Some photos of a batch as a picture is that grows in several steps: what is known of it ends in a fill. A generator that has
/// only ever seen photographs takes its own fill for one, and with each step what it makes is plainer. Training on what the model
/// itself made is that of scheduled sampling (Bengio et al. 2015).
/// </summary>
/// <param name="Given">What the generator is to go on from, [N, 3, H, W]; in the hole it is the photograph.</param>
/// <param name="Invented">All that is no photograph once the hole is filled, [N, 1, H, W], 1 there.</param>
internal readonly record struct EarlierFill(Tensor Given, Tensor Invented)
{
    // What a step of ratio 0.5 has added on each side, relative to the side of the canvas of the next such step.
    private const double Depth = 1 / 9.0;

    /// <summary>Fills a rim of what is known in the last photos of a batch, along the hole. No gradient passes through it.</summary>
    /// <param name="generator">What fills it.</param>
    /// <param name="original">The photographs, [N, 3, H, W] in [-1, 1].</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole.</param>
    /// <param name="warp">What <see cref="PrefillWarp"/> drew, [N, <see cref="PrefillWarp.Count"/>], or null.</param>
    /// <param name="share">The share of the batch, rounded up.</param>
    internal static EarlierFill Make(Generator generator, Tensor original, Tensor mask, Tensor? warp, double share)
    {
        long all = original.Size(0), count = (long)Math.Ceiling(share * all), untouched = all - count;
        if (count == 0)
            return new EarlierFill(original, mask);
        using GradMode noGrad = GradMode.Disabled();
        Tensor photographs = original.Narrow(0, untouched, count), hole = mask.Narrow(0, untouched, count);
        Tensor larger = Grow(hole, (long)Math.Round(Depth * original.Size(2)));
        Tensor filled = generator.Forward(photographs, larger, warp?.Narrow(0, untouched, count));
        Tensor given = photographs + ((filled - photographs) * (larger - hole));
        return new EarlierFill(
            Tensor.Cat([original.Narrow(0, 0, untouched), given], 0).ForConvolution(),
            Tensor.Cat([mask.Narrow(0, 0, untouched), larger], 0));
    }

    // Along one axis after the other, which a square's maximum allows.
    private static Tensor Grow(Tensor mask, long pixels)
    {
        Tensor taller = Dispatcher.Call(
            "max_pool2d", mask, new[] { (2 * pixels) + 1, 1 }, new long[] { 1, 1 }, new[] { pixels, 0 });
        return Dispatcher.Call("max_pool2d", taller, new[] { 1, (2 * pixels) + 1 }, new long[] { 1, 1 }, new[] { 0, pixels });
    }
}
