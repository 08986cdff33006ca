using Outpaint.Torch;

namespace Outpaint.Losses;

/// <summary>
/// Squared distance of a fill's broad colours to the original's. L1 leads to the median of what may be there and discriminators
/// ask for what is usual, and photos usually end darker than they are in the middle: fills grew darker from step to step. Least squares
/// lead to the mean. Our own term.
/// </summary>
public static class ColourLoss
{
    // Broader than what a fill's texture is made of, smaller than its sky and its ground.
    private const long Cell = 16;

    /// <summary>Computes the loss.</summary>
    /// <param name="output">The generator's [N, 3, H, W], sides of at least 16.</param>
    /// <param name="original">The photograph, [N, 3, H, W] in [-1, 1].</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole.</param>
    /// <returns>A scalar: the squared difference of the mean colours of 16 x 16 pixels, averaged over the hole and the channels.</returns>
    public static Tensor Compute(Tensor output, Tensor original, Tensor mask)
    {
        Tensor covered = Pool(mask);
        Tensor difference = Pool((output - original) * mask) / covered.ClampMin(1e-6);
        return (difference.Square().Mean([1], keepDimensions: true) * covered).Sum() / covered.Sum().ClampMin(1e-6);
    }

    private static Tensor Pool(Tensor image) =>
        Dispatcher.Call("avg_pool2d", image, new[] { Cell, Cell }, new[] { Cell, Cell }, new long[] { 0, 0 }, true, true, Argument.None);
}
