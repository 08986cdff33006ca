using Outpaint.Models.Prefill;
using Outpaint.Torch;

namespace Outpaint.Models;

/// <summary>
/// How much of a fill is the mirrored photograph, which the generator starts from: the correlation, in the hole, of the
/// detail of both. Detail is what lies between a pixel and the mean of the 5x5 around it, in the picture and in
/// halves, quarters and eighths of it: from grain to shapes of 40 pixels. Our own measure; 1 for the mirror image
/// itself, near 0 for a photograph that goes on by itself, more where water mirrors or a texture repeats.
/// </summary>
internal static class MirrorCorrelation
{
    private const int Window = 5;

    private static readonly int[] Scales = [1, 2, 4, 8];

    /// <summary>Correlates.</summary>
    /// <param name="images">[N, 3, H, W] in [-1, 1].</param>
    /// <param name="mirrored">The known part mirrored into the hole (<see cref="ReflectionPrefill"/>), likewise.</param>
    /// <param name="mask">[N or 1, 1, H, W], 1 in the hole.</param>
    /// <returns>[4, N] in [-1, 1], a row for each scale from fine to coarse; 0 where there is no detail or no room for it.</returns>
    internal static Tensor Compute(Tensor images, Tensor mirrored, Tensor mask) => Tensor.Stack([.. Scales.Select(scale =>
    {
        Tensor hole = 1 - Pool("max_pool2d", 1 - mask, scale);
        Tensor fill = Detail(images, scale) * hole, mirror = Detail(mirrored, scale) * hole;
        // What is fainter than 0.4 grey levels (a mean square of 1e-5) is no detail.
        Tensor size = ((MeanOf(fill.Square()) * MeanOf(mirror.Square())) + 1e-10).Sqrt();
        return MeanOf(fill * mirror) / size;
    })]);

    private static Tensor Detail(Tensor images, int scale)
    {
        Tensor scaled = Pool("avg_pool2d", images, scale);
        long[] padding = [Window / 2, Window / 2];
        return scaled - Dispatcher.Call("avg_pool2d", scaled, new long[] { Window, Window }, new long[] { 1, 1 }, padding, false, false);
    }

    private static Tensor MeanOf(Tensor values) => values.Mean([1, 2, 3]);

    private static Tensor Pool(string name, Tensor images, int scale) => Dispatcher.Call(name, images, new long[] { scale, scale });
}
