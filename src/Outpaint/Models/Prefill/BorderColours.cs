using Outpaint.Torch;

namespace Outpaint.Models.Prefill;

/// <summary>
/// Tells what stands out from a border of a picture, by the mean and the standard deviation of the colours beside each of its
/// places. Our own.
/// </summary>
internal static class BorderColours
{
    // Pixels that count as beside a place: into the picture, and along the border to both sides.
    private const double Inwards = 6;
    private const long Along = 8;

    // A colour stands out by so many standard deviations, and, of values from -1 to 1, so much more: 25 of 255. The further
    // inside, the more, as grounds get lighter and darker on their way.
    private const double Deviations = 3;
    private const double Least = 0.2;
    private const double PerPixel = 0.01;

    /// <summary>Which pixels stand out from the border that they lie behind: [N, 1, H, W], Bool.</summary>
    /// <param name="dimension">The dimension that the border lies across: 2 for an upper or lower border, 3 for a left or right one.</param>
    /// <param name="image">[N, C, H, W].</param>
    /// <param name="distance">How far inside the border each pixel lies, along that dimension; negative in the hole.</param>
    internal static Tensor StandOut(int dimension, Tensor image, Tensor distance)
    {
        Tensor isBeside = Dispatcher.Call(
            "logical_and", Dispatcher.Call("ge.Scalar", distance, 0.0), Dispatcher.Call("lt.Scalar", distance, Inwards)).To(DType.Float32);
        Tensor mean = MeanBeside(image), deviation = (MeanBeside(image.Square()) - mean.Square()).ClampMin(0).Sqrt();
        Tensor excess = (image - mean).Abs() - (deviation * Deviations) - (distance * PerPixel);
        return Dispatcher.Call("gt.Scalar", Dispatcher.Call("amax", excess, new long[] { 1 }, true), Least);

        // One value per place of the border.
        Tensor MeanBeside(Tensor values)
        {
            Tensor inwards = (values * isBeside).Sum([dimension], keepDimensions: true) / isBeside.Sum([dimension], keepDimensions: true);
            long[] window = [1, 1], padding = [0, 0];
            (window[3 - dimension], padding[3 - dimension]) = ((2 * Along) + 1, Along);
            return Dispatcher.Call("avg_pool2d", inwards, window, new long[] { 1, 1 }, padding, false, false);
        }
    }
}
