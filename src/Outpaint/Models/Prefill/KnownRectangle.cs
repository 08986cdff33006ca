using Outpaint.Torch;

namespace Outpaint.Models.Prefill;

/// <summary>
/// Where the known rectangle of each mask lies, computed on the mask's device without waiting for it.
/// </summary>
/// <param name="Start">First known index along one dimension, [N, 1, L, 1] or [N, 1, 1, L] broadcastable, Float32.</param>
/// <param name="Length">Number of known indices, shaped like <paramref name="Start"/>.</param>
/// <param name="Index">0 .. L-1 along the dimension.</param>
internal sealed record KnownRectangle(Tensor Start, Tensor Length, Tensor Index)
{
    /// <summary>The extent along H (dimension 2) or W (dimension 3) of a mask [N, 1, H, W] that is 1 in the hole.</summary>
    internal static KnownRectangle Along(Tensor mask, int dimension)
    {
        Tensor known = 1 - Dispatcher.Call("amin", mask, new long[] { dimension == 2 ? 3 : 2 }, true);
        Tensor length = known.Sum([dimension], keepDimensions: true);
        Tensor start = Dispatcher.Call("argmax", known, dimension, true).To(DType.Float32);
        long[] shape = [1, 1, 1, 1];
        shape[dimension] = mask.Size(dimension);
        Tensor index = Tensor.Arange(0, shape[dimension], DType.Float32, mask.Device).Reshape(shape);
        return new KnownRectangle(start, length, index);
    }

    /// <summary>Last known index.</summary>
    internal Tensor End => Start + Length - 1;

    /// <summary>The known index that each index mirrors to, over and over, without repeating the edge; Int64.</summary>
    internal Tensor Reflected() => Reflected(Length - 1, Length - 1);

    /// <summary>The same, but no deeper into the known part than so many indices from its start and its end.</summary>
    internal Tensor Reflected(Tensor fromStart, Tensor fromEnd) =>
        Nearest() + (Bounce((Start - Index).ClampMin(0), fromStart) - Bounce((Index - End).ClampMin(0), fromEnd)).To(DType.Int64);

    /// <summary>The known index that is nearest to each index; Int64.</summary>
    internal Tensor Nearest() => Dispatcher.Call("minimum", Dispatcher.Call("maximum", Index, Start), End).To(DType.Int64);

    /// <summary>How far each index lies outside the known part, in pixels; 0 inside.</summary>
    internal Tensor Distance() =>
        Dispatcher.Call("maximum", Start - Index, Index - End).ClampMin(0);

    // How far from where it began a walk back and forth is after a distance.
    private static Tensor Bounce(Tensor distance, Tensor depth)
    {
        Tensor phase = Dispatcher.Call("remainder.Tensor", distance, (depth * 2).ClampMin(1));
        return depth - (phase - depth).Abs();
    }
}
