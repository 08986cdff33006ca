using Outpaint.Imaging;

namespace Outpaint.Inference.Detail;

/// <summary>
/// How much texture the picture has that its small copy lacks, for each pixel of the small canvas: the
/// <see cref="LogDeviation"/> of the difference. What the fill should have is taken from the mirrored picture, without what stands
/// out from its border (<see cref="ShallowMirror"/>): sharp beside the sharp, smooth beside the sky and beside what is out of focus.
/// Where the fill is clearly plainer or busier than the mirrored picture, it shows something else, and its texture follows its
/// contrast. It never has more than what varies as little has in the picture (<see cref="TextureOfContrast"/>).
/// </summary>
/// <param name="Canvas">
/// What a place of the picture may be copied for, and what the fill around it should have, of the size of the small canvas and with
/// two channels, from and to: a path between hedges is as textured as its surroundings and as those of its colour. In the fill
/// both are the same.
/// </param>
/// <param name="Local">What the picture has in its nearest surroundings only, of the picture's size on the small canvas.</param>
internal readonly record struct TextureLevel(FloatImage Canvas, FloatImage Local)
{
    // Pixels of the small canvas: a place is as textured as its surroundings, and the fill follows wider ones.
    private const int LocalSurroundings = 1;
    private const int Surroundings = 2;
    private const int WiderSurroundings = 5;

    // How finely colours are told apart: the standard deviation of a blur, in pixels of the small canvas.
    private const double ColourSoftness = 1;

    // The fill follows a geometric mean, which the few lines of an otherwise smooth picture hardly raise: their pieces came
    // back all over it. Natural textures vary, too; so many times the variance makes up for that.
    private const float OverGeometricMean = 1.35f;

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
        FloatImage local = squares.BoxBlur(LocalSurroundings).Select(LogDeviation.Of);
        FloatImage wide = local.BoxBlur(WiderSurroundings).Select(level => LogDeviation.Times(OverGeometricMean, level));
        FloatImage contrast = LocalContrast.Measure(filled).BoxBlur(WiderSurroundings);
        FloatImage level = Wanted(filled, wide, contrast, known);
        FloatImage around = squares.BoxBlur(Surroundings).BoxBlur(Surroundings).Select(LogDeviation.Of);
        FloatImage alike = JointBilateralFilter.Apply(squares, known.Crop(filled.Blur(ColourSoftness)), 2 * Surroundings).Select(LogDeviation.Of);
        for (int row = 0; row < known.Height; row++)
        {
            Span<float> had = level.Row(known.Top + row)[(known.Left * 2)..];
            for (int column = 0; column < known.Width; column++)
            {
                float one = around.Row(row)[column], other = alike.Row(row)[column];
                (had[column * 2], had[(column * 2) + 1]) = (Math.Min(one, other), Math.Max(one, other));
            }
        }
        return new TextureLevel(level, local);
    }

    // What the fill should have, twice; 0 in the picture.
    private static FloatImage Wanted(FloatImage filled, FloatImage texture, FloatImage contrast, KnownArea known)
    {
        var both = new FloatImage(filled.Width, filled.Height, 2);
        for (int row = 0; row < known.Height; row++)
        {
            int y = known.Top + row;
            for (int column = 0; column < known.Width; column++)
            {
                int x = known.Left + column;
                (both.Row(y)[x * 2], both.Row(y)[(x * 2) + 1]) = (texture.Row(row)[column], contrast.Row(y)[x]);
            }
        }
        FloatImage mirrored = ShallowMirror.Carry(filled, both, known);
        TextureOfContrast most = Learn(contrast, texture, known);
        var wanted = new FloatImage(filled.Width, filled.Height, 2);
        foreach ((int x, int y) in known.Around(wanted))
        {
            ReadOnlySpan<float> there = mirrored.Row(y).Slice(x * 2, 2);
            float own = contrast.Row(y)[x];
            wanted.Row(y).Slice(x * 2, 2).Fill(Math.Clamp(there[0] + Beyond(own, there[1]), 0, most.At(Tolerated(own))));
        }
        return wanted;
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
