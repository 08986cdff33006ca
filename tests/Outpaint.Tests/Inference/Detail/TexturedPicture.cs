using Outpaint.Imaging;
using Outpaint.Tests.Imaging;

namespace Outpaint.Tests.Inference.Detail;

/// <summary>Pictures with the random texture of grass or gravel, and measures of texture.</summary>
internal static class TexturedPicture
{
    /// <summary>Grey with noise of a grain of about two pixels, wherever it is wanted.</summary>
    public static RgbImage Noise(int width, int height, Func<int, int, bool>? where = null, int seed = 1)
    {
        var random = new Random(seed);
        var white = new int[(width + 1) * (height + 1)];
        for (int i = 0; i < white.Length; i++)
            white[i] = random.Next(-40, 41);
        var picture = new RgbImage(width, height);
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            int x = i / 3 % width, y = i / 3 / width, at = (y * (width + 1)) + x;
            int grain = (white[at] + white[at + 1] + white[at + width + 1] + white[at + width + 2]) / 2;
            picture.Pixels[i] = (byte)(128 + (where?.Invoke(x, y) == false ? 0 : grain));
        }
        return picture;
    }

    /// <summary>Mean square of each pixel's difference from the mean of the 3x3 around it, in a part of a picture.</summary>
    public static double Energy(RgbImage picture, int left, int top, int width, int height)
    {
        double sum = 0;
        for (int y = Math.Max(1, top); y < Math.Min(picture.Height - 1, top + height); y++)
        {
            for (int x = Math.Max(1, left); x < Math.Min(picture.Width - 1, left + width); x++)
            {
                double mean = 0;
                for (int i = 0; i < 9; i++)
                    mean += Pictures.At(picture, x - 1 + (i % 3), y - 1 + (i / 3)).Red / 9.0;
                sum += Math.Pow(Pictures.At(picture, x, y).Red - mean, 2);
            }
        }
        return sum / (width * height);
    }

    /// <summary>The correlation of two parts of a picture, -1 to 1; the second may be mirrored.</summary>
    public static double Correlation(RgbImage picture, (int X, int Y) one, (int X, int Y) other, int width, int height, bool mirrored = false)
    {
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < width * height; i++)
        {
            int x = i % width, y = i / width;
            double a = Pictures.At(picture, one.X + x, one.Y + y).Red - 128;
            double b = Pictures.At(picture, other.X + (mirrored ? width - 1 - x : x), other.Y + y).Red - 128;
            ab += a * b;
            aa += a * a;
            bb += b * b;
        }
        return ab / Math.Sqrt(aa * bb);
    }
}
