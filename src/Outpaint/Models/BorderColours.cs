using Outpaint.Torch;

namespace Outpaint.Models;

/// <summary>The colours that a picture has beside each place of a border: their mean and standard deviation. Our own.</summary>
/// <param name="Mean">[N, C, H, 1] for an upright border, [N, C, 1, W] for a level one.</param>
/// <param name="Deviation">Of the same shape.</param>
internal sealed record BorderColours(Tensor Mean, Tensor Deviation)
{
    // Pixels that count as beside a place: into the picture, and along the border to both sides.
    private const double Inwards = 6;
    private const long Along = 8;

    // A colour stands out by so many standard deviations, and, of values from -1 to 1, so much more: 25 of 255. The further
    // inside, the more, as grounds get lighter and darker on their way.
    private const double Deviations = 3;
    private const double Least = 0.2;
    private const double PerPixel = 0.01;

    /// <summary>Measures the colours beside one border of a picture.</summary>
    /// <param name="dimension">The dimension that the border lies across: 2 for an upper or lower border, 3 for a left or right one.</param>
    /// <param name="image">[N, C, H, W].</param>
    /// <param name="distance">How far inside the border each pixel lies, along that dimension; negative in the hole.</param>
    internal static BorderColours Beside(int dimension, Tensor image, Tensor distance)
    {
        Tensor isBeside = Dispatcher.Call(
            "logical_and", Dispatcher.Call("ge.Scalar", distance, 0.0), Dispatcher.Call("lt.Scalar", distance, Inwards)).To(DType.Float32);
        Tensor mean = MeanOver(image), variance = MeanOver(image.Square()) - mean.Square();
        return new BorderColours(mean, variance.ClampMin(0).Sqrt());

        Tensor MeanOver(Tensor values)
        {
            Tensor inwards = (values * isBeside).Sum([dimension], keepDimensions: true) / isBeside.Sum([dimension], keepDimensions: true);
            long[] window = [1, 1], padding = [0, 0];
            (window[3 - dimension], padding[3 - dimension]) = ((2 * Along) + 1, Along);
            return Dispatcher.Call("avg_pool2d", inwards, window, new long[] { 1, 1 }, padding, false, false);
        }
    }

    /// <summary>Which pixels stand out from the border: [N, 1, H, W], Bool.</summary>
    /// <param name="image">[N, C, H, W].</param>
    /// <param name="distance">How far inside the border each pixel lies.</param>
    internal Tensor AreUnlike(Tensor image, Tensor distance)
    {
        Tensor excess = (image - Mean).Abs() - (Deviation * Deviations) - (distance * PerPixel);
        return Dispatcher.Call("gt.Scalar", Dispatcher.Call("amax", excess, new long[] { 1 }, true), Least);
    }
}
