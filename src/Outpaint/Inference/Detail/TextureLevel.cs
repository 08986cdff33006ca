using Outpaint.Imaging;

namespace Outpaint.Inference.Detail;

/// <summary>
/// How much texture the picture has that its small copy lacks, for each pixel of the small canvas: the logarithm of
/// the root mean square of the difference, whose unit is a level of 0..255. What the fill should have is taken from the
/// mirrored picture: sharp beside the sharp, smooth beside the sky and beside what is out of focus.
/// </summary>
internal static class TextureLevel
{
    // Pixels of the small canvas: a place is as textured as its surroundings, and the fill follows wider ones.
    private const int Surroundings = 2;
    private const int MirroredSurroundings = 4;

    /// <summary>One channel of the size of the small canvas.</summary>
    /// <param name="picture">The picture at full size.</param>
    /// <param name="enlarged">The small canvas enlarged.</param>
    /// <param name="canvas">Where the picture lies on the enlarged canvas.</param>
    /// <param name="width">Width of the small canvas.</param>
    /// <param name="height">Height of the small canvas.</param>
    /// <param name="known">Where the picture lies on the small canvas.</param>
    public static FloatImage Measure(RgbImage picture, UpsampledFill enlarged, CanvasGeometry canvas, int width, int height, KnownArea known)
    {
        var logarithms = MeanSquares(picture, enlarged, canvas, known).BoxBlur(Surroundings).BoxBlur(Surroundings);
        for (int i = 0; i < logarithms.Values.Length; i++)
            logarithms.Values[i] = 0.5f * MathF.Log(1 + logarithms.Values[i]);
        FloatImage wide = logarithms.BoxBlur(MirroredSurroundings);
        var level = new FloatImage(width, height, 1);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> measured = logarithms.Row(known.MirrorY(y) - known.Top), mirrored = wide.Row(known.MirrorY(y) - known.Top);
            Span<float> row = level.Row(y);
            for (int x = 0; x < width; x++)
                row[x] = (known.Contains(x, y) ? measured : mirrored)[known.MirrorX(x) - known.Left];
        }
        return level;
    }

    private static FloatImage MeanSquares(RgbImage picture, UpsampledFill enlarged, CanvasGeometry canvas, KnownArea known)
    {
        var means = new FloatImage(known.Width, known.Height, 1);
        Parallel.For(0, known.Height, () => new float[picture.Width * 3], (row, _, differences) =>
        {
            Span<float> sums = means.Row(row);
            int first = Share(row, picture.Height, known.Height), end = Share(row + 1, picture.Height, known.Height);
            for (int y = first; y < end; y++)
            {
                enlarged.Read(canvas.Top + y, canvas.Left, differences);
                Samples.SubtractFrom(picture.Pixels.AsSpan(y * picture.Width * 3, picture.Width * 3), differences);
                for (int column = 0; column < known.Width; column++)
                {
                    Span<float> part = differences.AsSpan()[(3 * Share(column, picture.Width, known.Width))..(3 * Share(column + 1, picture.Width, known.Width))];
                    float sum = 0;
                    foreach (float difference in part)
                        sum += difference * difference;
                    sums[column] += sum / (part.Length * (end - first));
                }
            }
            return differences;
        }, _ => { });
        return means;
    }

    // Where the nth of `parts` equal parts begins.
    private static int Share(int part, int length, int parts) => (int)((long)part * length / parts);
}
