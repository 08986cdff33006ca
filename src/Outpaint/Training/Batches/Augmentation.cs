using Outpaint.Training.Masks;

namespace Outpaint.Training.Batches;

/// <summary>How the discriminators' view of one canvas is changed, photograph and fill alike; see <see cref="DiffAugment"/>.</summary>
/// <param name="Brightness">Added to every value.</param>
/// <param name="Saturation">Factor on the distance from grey.</param>
/// <param name="Contrast">Factor on the distance from the image's mean.</param>
/// <param name="ShiftX">Pixels to the right.</param>
/// <param name="ShiftY">Pixels down.</param>
/// <param name="Cutout">The rectangle that is blanked.</param>
internal readonly record struct Augmentation(
    double Brightness, double Saturation, double Contrast, int ShiftX, int ShiftY, Rectangle Cutout)
{
    private const double LargestShift = 0.125;
    private const double CutoutSide = 0.5;

    /// <summary>Draws from the ranges of Zhao et al. 2020: shifts up to an eighth, a blank square of half the side.</summary>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="size">Side of the canvas in pixels.</param>
    public static Augmentation Sample(Random random, int size)
    {
        int shift = (int)Math.Round(size * LargestShift), side = (int)Math.Round(size * CutoutSide);
        return new Augmentation(
            random.NextDouble() - 0.5,
            2 * random.NextDouble(),
            0.5 + random.NextDouble(),
            random.Next(-shift, shift + 1),
            random.Next(-shift, shift + 1),
            Square(random.Next(size + 1), random.Next(size + 1), side));
    }

    // It may reach over the canvas's edge.
    private static Rectangle Square(int centreX, int centreY, int side) =>
        new(centreX - (side / 2), centreY - (side / 2), centreX - (side / 2) + side, centreY - (side / 2) + side);
}
