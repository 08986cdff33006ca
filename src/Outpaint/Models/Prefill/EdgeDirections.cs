using Outpaint.Torch;

namespace Outpaint.Models.Prefill;

/// <summary>
/// Bends a mirrored picture so that the edges which meet its border at a slant go straight on: in a mirror a slope that falls
/// towards the border rises again behind it. Our own.
/// </summary>
/// <remarks>
/// How slanted they are beside each place of the border is the least-squares solution of the equation of a translation: along
/// (1, s), s being pixels along the border per pixel away from it, colours should not change (Lucas and Kanade 1981, with
/// the distance from the border in place of time). Texture of all directions has s = 0, and so have edges along the border.
/// </remarks>
internal static class EdgeDirections
{
    // Standard deviations of the weights, in pixels, that the surroundings of a place have: into the picture and along its border.
    private const double Inwards = 8;
    private const double Beside = 16;

    // What is added to the mean squared slope along the border, of values from -1 to 1, and how much of that across it.
    private const double Noise = 2.5e-4;
    private const double Across = 0.1;

    // The farthest that a place may be shifted, relative to its distance from the border, and in pixels: deep in the picture edges
    // have directions of their own. Without an end, a pole in a clear sky pulled the dark hills far below it up beside it.
    private const double Most = 1.5;
    private const double Farthest = 20;

    /// <summary>Bends it.</summary>
    /// <param name="mirrored">The mirrored picture, [N, 3, H, W], sides of at least 4.</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole; the known part is one rectangle per image.</param>
    /// <returns>[N, 3, H, W]; the known part is unchanged.</returns>
    internal static Tensor Continue(Tensor mirrored, Tensor mask)
    {
        using Autocast exact = new(mirrored.Device.Type, null);
        Tensor grey = mirrored.Mean([1], keepDimensions: true);
        Tensor right = CentralDifference.Along(grey, 3), down = CentralDifference.Along(grey, 2), known = 1 - mask;
        long[] all = [mask.Size(0), 1, mask.Size(2), mask.Size(3)];
        Tensor shift = Tensor.Cat(
            [Shift(down, right, known, KnownRectangle.Along(mask, 2), 2).Expand(all), Shift(right, down, known, KnownRectangle.Along(mask, 3), 3).Expand(all)], 1);
        return Displacement.Apply(mirrored, mask, shift);
    }

    // How far along the border each pixel before and behind the known part is to be shifted: [N, 1, H, W].
    private static Tensor Shift(Tensor across, Tensor along, Tensor known, KnownRectangle border, int dimension)
    {
        Tensor products = Tensor.Cat([across * along, along.Square() + (across.Square() * Across) + Noise], 1) * known;
        Tensor before = Ratio(products, border.Index - border.Start, dimension);
        Tensor behind = Ratio(products, border.End - border.Index, dimension);
        // A mirror image is shifted twice as far as the edge is slanted: back to the straight line, and beyond it.
        return (((border.Start - border.Index).ClampMin(0) * (before * -2).Clamp(-Most, Most))
            + ((border.Index - border.End).ClampMin(0) * (behind * 2).Clamp(-Most, Most))).Clamp(-Farthest, Farthest);
    }

    // The quotient of two sums of products over the surroundings of each place of a border: one value per line across it.
    private static Tensor Ratio(Tensor products, Tensor depth, int dimension)
    {
        // Not on the border itself, across which a mirror image has no slope.
        Tensor inside = Dispatcher.Call("gt.Scalar", depth, 0.0).To(DType.Float32);
        Tensor sums = (products * (Bell(depth, Inwards) * inside)).Sum([dimension]);
        Tensor place = Tensor.Arange(0, sums.Size(2), DType.Float32, sums.Device);
        Tensor smooth = sums.MatMul(Bell(place.Reshape(-1, 1) - place.Reshape(1, -1), Beside)).Unsqueeze(dimension);
        return smooth.Narrow(1, 0, 1) / smooth.Narrow(1, 1, 1).ClampMin(1e-20);
    }

    private static Tensor Bell(Tensor distance, double deviation) => (distance.Square() * (-0.5 / (deviation * deviation))).Exp();
}
