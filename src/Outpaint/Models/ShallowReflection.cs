using Outpaint.Torch;

namespace Outpaint.Models;

/// <summary>
/// Fills the hole by mirroring the known rectangle, where its border is smooth no deeper than that lasts: a sky or a
/// backdrop goes on, and what stands in it does not come back at the edge of the canvas.
/// </summary>
/// <remarks>
/// A line that runs inwards from the border is smooth up to its first step between neighbouring pixels. It is walked back
/// and forth up to there. A line with a step close to the border has texture to continue, and is mirrored as a whole.
/// </remarks>
internal static class ShallowReflection
{
    // Levels per pixel after a blur of 3x3 that make a step, of 2 from black to white: 4 of 255.
    private const double Step = 0.03;

    // Measured on 250 photos with weights that had never seen it: 8 pixels took FID-768 from .257 to .285, 16 to .260.
    private const double LeastDepth = 16;

    // The blur widens what it meets, and what stands there is rarely straight: so far before it, and beside it, a line ends.
    private const double Margin = 2;
    private const double Beside = 6;

    // Further away a line may be deeper by so much per line, or what is out of focus would be cut off along one.
    private const double Widening = 2;

    /// <summary>Fills the hole.</summary>
    /// <inheritdoc cref="ReflectionPrefill.Fill"/>
    public static Tensor Fill(Tensor image, Tensor mask)
    {
        Tensor columns = Along(3, ReflectionPrefill.Fill(image, mask), KnownRectangle.Along(mask, 3));
        return Along(2, columns, KnownRectangle.Along(mask, 2)).Contiguous(MemoryFormat.ChannelsLast);
    }

    // Fills again what is before and behind the known part along a dimension of a mirrored image.
    private static Tensor Along(int dimension, Tensor mirrored, KnownRectangle known)
    {
        long[] s = mirrored.Shape;
        Tensor full = known.Length - 1;
        Tensor step = Dispatcher.Call("logical_and", IsStep(dimension, mirrored), IsInner(known));
        Tensor fromStart = Depth(dimension, (known.Index - known.Start).Where(step, full + Margin), full);
        Tensor fromEnd = Depth(dimension, (known.End - known.Index).Where(step, full + Margin), full);
        return Dispatcher.Call("gather", mirrored, dimension, known.Reflected(fromStart, fromEnd).Expand(s[0], s[1], s[2], s[3]));
    }

    // [N, 1, H, W]: whether the colours on both sides of a pixel differ.
    private static Tensor IsStep(int dimension, Tensor image)
    {
        Tensor soft = Dispatcher.Call("avg_pool2d", image, new long[] { 3, 3 }, new long[] { 1, 1 }, new long[] { 1, 1 }, false, false);
        Tensor steepest = Dispatcher.Call("amax", CentralDifference.Along(soft, dimension).Abs(), new long[] { 1 }, true);
        return Dispatcher.Call("gt.Scalar", steepest, Step);
    }

    // The known part without its first and last pixel, whose slopes reach into the hole.
    private static Tensor IsInner(KnownRectangle known) => Dispatcher.Call(
        "logical_and", Dispatcher.Call("gt.Tensor", known.Index, known.Start), Dispatcher.Call("lt.Tensor", known.Index, known.End));

    // How deep each line is mirrored, from the distance of each step to the border; where there is no step, as a whole.
    private static Tensor Depth(int dimension, Tensor distance, Tensor full)
    {
        Tensor nearest = Dispatcher.Call("amin", distance, new long[] { dimension }, true);
        Tensor depth = full.Where(Dispatcher.Call("lt.Scalar", nearest, LeastDepth), nearest - Margin);
        long n = depth.Size(0), lines = depth.NumberOfElements / n;
        Tensor line = Tensor.Arange(0, lines, DType.Float32, depth.Device);
        Tensor allowance = ((line.Reshape(1, lines, 1) - line.Reshape(1, 1, lines)).Abs() - Beside).ClampMin(0) * Widening;
        Tensor bounded = Dispatcher.Call("amin", depth.Reshape(n, 1, lines) + allowance, new long[] { 2 }, false);
        return bounded.Reshape(depth.Shape);
    }
}
