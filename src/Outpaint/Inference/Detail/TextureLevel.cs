using Outpaint.Imaging;

namespace Outpaint.Inference.Detail;

/// <summary>
/// How much texture the picture has that its small copy lacks, for each pixel of the small canvas: the
/// <see cref="LogDeviation"/> of the difference. What the fill should have is taken from the mirrored picture: sharp
/// beside the sharp, smooth beside the sky and beside what is out of focus. Where the fill is clearly plainer or busier
/// than the mirrored picture, it shows something else, and its texture follows its contrast. It never has more than what
/// varies as little has in the picture (<see cref="TextureOfContrast"/>).
/// </summary>
/// <param name="Canvas">What the picture has, and what the fill around it should have, of the size of the small canvas.</param>
/// <param name="Local">What the picture has in its nearest surroundings only, of the picture's size on the small canvas.</param>
internal readonly record struct TextureLevel(FloatImage Canvas, FloatImage Local)
{
    // Pixels of the small canvas: a place is as textured as its surroundings, and the fill follows wider ones.
    private const int LocalSurroundings = 1;
    private const int Surroundings = 2;
    private const int WiderSurroundings = 5;

    // The fill follows a geometric mean, which the few lines of an otherwise smooth picture hardly raise: their pieces came
    // back all over it. Natural textures vary, too; so many times the variance makes up for that.
    private const float OverGeometricMean = 1.25f;

    // A fill is softer than a photo of the same thing, which must not cost it the photo's texture: so many times the variance.
    private const float Tolerance = MathF.E;

    /// <summary>Measures the picture, and decides what the fill should have.</summary>
    /// <param name="picture">The picture at full size.</param>
    /// <param name="enlarged">The small canvas enlarged.</param>
    /// <param name="canvas">Where the picture lies on the enlarged canvas.</param>
    /// <param name="filled">The small canvas; red, green, blue.</param>
    /// <param name="known">Where the picture lies on the small canvas.</param>
    public static TextureLevel Measure(RgbImage picture, UpsampledFill enlarged, CanvasGeometry canvas, FloatImage filled, KnownArea known)
    {
        FloatImage squares = MeanSquares(picture, enlarged, canvas, known);
        FloatImage had = squares.BoxBlur(Surroundings).BoxBlur(Surroundings).Select(LogDeviation.Of);
        FloatImage local = squares.BoxBlur(LocalSurroundings).Select(LogDeviation.Of);
        FloatImage wide = local.BoxBlur(WiderSurroundings).Select(level => LogDeviation.Times(OverGeometricMean, level));
        FloatImage contrast = LocalContrast.Measure(filled).BoxBlur(WiderSurroundings);
        TextureOfContrast most = Learn(contrast, wide, known);
        var level = new FloatImage(filled.Width, filled.Height, 1);
        for (int y = 0; y < level.Height; y++)
        {
            int mirrorY = known.MirrorY(y);
            for (int x = 0; x < level.Width; x++)
            {
                int mirrorX = known.MirrorX(x);
                level.Row(y)[x] = known.Contains(x, y)
                    ? had.Row(y - known.Top)[x - known.Left]
                    : Math.Clamp(
                        wide.Row(mirrorY - known.Top)[mirrorX - known.Left] + Beyond(contrast.Row(y)[x], contrast.Row(mirrorY)[mirrorX]),
                        0,
                        most.At(Tolerated(contrast.Row(y)[x])));
            }
        }
        return new TextureLevel(level, local);
    }

    private static TextureOfContrast Learn(FloatImage contrast, FloatImage texture, KnownArea known)
    {
        var inside = new float[texture.Values.Length];
        for (int row = 0; row < known.Height; row++)
            contrast.Row(known.Top + row).Slice(known.Left, known.Width).CopyTo(inside.AsSpan(row * known.Width));
        return new TextureOfContrast(inside, texture.Values);
    }

    // By how much more a fill varies than the mirrored picture, beyond the tolerance, with its sign.
    private static float Beyond(float fill, float mirrored) =>
        Math.Max(0, fill - Tolerated(mirrored)) + Math.Min(0, Tolerated(fill) - mirrored);

    private static float Tolerated(float contrast) => LogDeviation.Times(Tolerance, contrast);

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
