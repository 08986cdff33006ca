using Outpaint.Imaging;

namespace Outpaint.Inference.Seam;

/// <summary>
/// How soft a picture is along a side: by how much neighbouring pixels are more alike than distant ones. Foliage in focus is
/// uncorrelated within a few pixels, while what is out of focus, or bark at 20 megapixels, changes slowly.
/// </summary>
internal static class BorderSoftness
{
    // Pixels, across which grain no longer counts and a scene's layers do not count yet.
    private const int Near = 4;
    private const int Octaves = 2;
    private const int Far = Near << Octaves;

    // So many of the outermost lines are looked at.
    private const int Lines = 8;

    // The slope of foliage, stones and grass in focus, of ten photos; and where a slope across the whole side begins.
    private const double Sharp = 0.5;
    private const double Softest = 1.75;

    // A mean square of less is no difference, in grey levels.
    private const double Least = 0.1;

    /// <summary>
    /// The slope of the structure function, the mean squared difference of pixels by their distance, on logarithmic scales, beyond that
    /// of what is sharp: 0 to 1.25.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="side">One of its sides.</param>
    public static double Measure(RgbImage picture, PictureSide side)
    {
        if (Math.Min(picture.Width, picture.Height) < 2 * Far)
            return 0;
        double slope = Math.Log2((MeanSquare(picture, side, Far) + Least) / (MeanSquare(picture, side, Near) + Least)) / Octaves;
        return Math.Clamp(slope, Sharp, Softest) - Sharp;
    }

    private static double MeanSquare(RgbImage picture, PictureSide side, int distance)
    {
        long sum = 0;
        for (int line = 0; line < Lines; line++)
        {
            int at = side.First + (line * side.Inwards);
            for (int i = 0; i < side.Length - distance; i++, at += side.Along)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    int difference = picture.Pixels[at + channel] - picture.Pixels[at + (distance * side.Along) + channel];
                    sum += difference * difference;
                }
            }
        }
        return sum / (3.0 * Lines * (side.Length - distance));
    }
}
