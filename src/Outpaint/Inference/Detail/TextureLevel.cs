namespace Outpaint.Inference.Detail;

/// <summary>
/// How much texture the picture has that its small copy lacks, for each pixel of the small canvas: the
/// <see cref="LogDeviation"/> of the difference. What the fill should have is taken from the mirrored picture, without what stands
/// out from its border (<see cref="ShallowMirror"/>): sharp beside the sharp, smooth beside the sky and beside what is out of focus.
/// Where the fill is clearly plainer or busier than the mirrored picture, it shows something else, and its texture follows its
/// contrast. It never has more than what varies as little has in the picture (<see cref="TextureOfContrast"/>). How sharp the texture
/// is, is told beside it: at 20 megapixels, what is out of focus lacks as much in a small copy as a dandelion's seeds do.
/// </summary>
/// <param name="Canvas">
/// What a place of the picture may be copied for, and what the fill around it should have, of the size of the small canvas and with
/// three channels. The level, from and to: a path between hedges is as textured as its surroundings and as those of its colour; in
/// the fill both are the same. And the sharpness: the level of how much the difference changes within two pixels, less its own.
/// </param>
/// <param name="Local">What the picture has in its nearest surroundings only, of the picture's size on the small canvas.</param>
internal readonly record struct TextureLevel(FloatImage Canvas, FloatImage Local)
{
    /// <summary>Of <see cref="Canvas"/>.</summary>
    public const int Channels = 3;

    // Pixels of the small canvas: a place is as textured as its surroundings, and the fill follows wider ones.
    private const int LocalSurroundings = 1;
    private const int Surroundings = 2;
    private const int WiderSurroundings = 5;

    // How finely colours are told apart: the standard deviation of a blur, in pixels of the small canvas.
    private const double ColourSoftness = 1;

    // Of an octave or less of detail, none is softer than the rest, and what is plain is neither sharp nor soft.
    private const double OctavesForSharpness = 2;

    // The fill follows a geometric mean, which the few lines of an otherwise smooth picture hardly raise: their pieces came
    // back all over it. Natural textures vary, too; so many times the variance makes up for that.
    private const float OverGeometricMean = 1.35f;

    // A fill is softer than a photo of the same thing, which must not cost it the photo's texture: so many times the variance.
    private const float Tolerance = MathF.E;

    /// <summary>Measures the picture, and decides what the fill should have.</summary>
    /// <param name="energy">The picture's detail.</param>
    /// <param name="filled">The small canvas; red, green, blue.</param>
    /// <param name="known">Where the picture lies on the small canvas.</param>
    public static TextureLevel Measure(DetailEnergy energy, FloatImage filled, KnownArea known)
    {
        FloatImage local = energy.Squares.BoxBlur(LocalSurroundings).Select(LogDeviation.Of);
        FloatImage wide = local.BoxBlur(WiderSurroundings).Select(level => LogDeviation.Times(OverGeometricMean, level));
        FloatImage contrast = LocalContrast.Measure(filled).BoxBlur(WiderSurroundings);
        FloatImage around = Around(energy.Squares), sharpness = Around(energy.Steps);
        for (int i = 0; i < sharpness.Values.Length; i++)
            sharpness.Values[i] = (sharpness.Values[i] - around.Values[i]) * Math.Min(1, around.Values[i]) * (float)Math.Min(1, energy.Octaves / OctavesForSharpness);
        FloatImage level = Wanted(filled, wide, contrast, sharpness.BoxBlur(WiderSurroundings), known);
        FloatImage alike = JointBilateralFilter.Apply(energy.Squares, known.Crop(filled.Blur(ColourSoftness)), 2 * Surroundings).Select(LogDeviation.Of);
        for (int row = 0; row < known.Height; row++)
        {
            Span<float> had = level.Row(known.Top + row)[(known.Left * Channels)..];
            for (int column = 0; column < known.Width; column++)
            {
                float one = around.Row(row)[column], other = alike.Row(row)[column];
                Set(had, column, Math.Min(one, other), Math.Max(one, other), sharpness.Row(row)[column]);
            }
        }
        return new TextureLevel(level, local);
    }

    private static FloatImage Around(FloatImage squares) => squares.BoxBlur(Surroundings).BoxBlur(Surroundings).Select(LogDeviation.Of);

    // What the fill should have; 0 in the picture.
    private static FloatImage Wanted(FloatImage filled, FloatImage texture, FloatImage contrast, FloatImage sharpness, KnownArea known)
    {
        var all = new FloatImage(filled.Width, filled.Height, Channels);
        for (int row = 0; row < known.Height; row++)
        {
            int y = known.Top + row;
            for (int column = 0; column < known.Width; column++)
            {
                int x = known.Left + column;
                Set(all.Row(y), x, texture.Row(row)[column], contrast.Row(y)[x], sharpness.Row(row)[column]);
            }
        }
        FloatImage mirrored = ShallowMirror.Carry(filled, all, known);
        TextureOfContrast most = Learn(contrast, texture, known);
        var wanted = new FloatImage(filled.Width, filled.Height, Channels);
        foreach ((int x, int y) in known.Around(wanted))
        {
            ReadOnlySpan<float> there = mirrored.Row(y).Slice(x * Channels, Channels);
            float own = contrast.Row(y)[x];
            float level = Math.Clamp(there[0] + Beyond(own, there[1]), 0, most.At(Tolerated(own)));
            Set(wanted.Row(y), x, level, level, there[2]);
        }
        return wanted;
    }

    private static void Set(Span<float> row, int x, float first, float second, float third) =>
        (row[x * Channels], row[(x * Channels) + 1], row[(x * Channels) + 2]) = (first, second, third);

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
}
