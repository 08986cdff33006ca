namespace Outpaint.Inference.Detail;

/// <summary>For each pixel of a canvas' hole, where in the picture something similar is; of the picture's own pixels, only the outermost have a meaning.</summary>
internal sealed class OffsetField(int width, int height)
{
    // Coarser than this, too little of the picture is left to search in.
    private const int CoarsestKnownSide = 8;
    private const int Levels = 3;

    private readonly Offset[] offsets = new Offset[width * height];
    private IReadOnlyDictionary<Offset, (float X, float Y)> fractions = new Dictionary<Offset, (float, float)>();

    public int Width => width;

    public int Height => height;

    /// <summary>The offset of one pixel.</summary>
    public Offset this[int x, int y]
    {
        get => offsets[(y * width) + x];
        set => offsets[(y * width) + x] = value;
    }

    /// <summary>An offset of this field to a fraction of a pixel, as <see cref="OffsetFractions"/> finds it.</summary>
    public (float X, float Y) Exact(Offset offset)
    {
        (float x, float y) = fractions.GetValueOrDefault(offset);
        return (offset.X + x, offset.Y + y);
    }

    /// <summary>
    /// Finds a field whose neighbours mostly agree, so that whole regions of the picture are continued, coarse to fine.
    /// </summary>
    /// <param name="canvas">Red, green, blue; filled.</param>
    /// <param name="texture">The <see cref="TextureLevel.Canvas"/>.</param>
    /// <param name="known">Where the picture is.</param>
    /// <param name="original">The part of it that no earlier step has filled.</param>
    public static OffsetField Match(FloatImage canvas, FloatImage texture, KnownArea known, KnownArea original)
    {
        OffsetField field = Match(canvas, texture, known, original, 1);
        field.ContinueInto(known);
        return field;
    }

    private static OffsetField Match(FloatImage canvas, FloatImage texture, KnownArea known, KnownArea original, int level)
    {
        bool coarsest = level == Levels || Math.Min(known.Width, known.Height) < 2 * CoarsestKnownSide;
        var expected = new ExpectedPlaces(canvas.Width, canvas.Height, known, original);
        var descriptors = new PatchDescriptors(canvas, texture);
        var search = new OffsetSearch(descriptors, known, expected, new OccurrencePrices(known, original, texture), level);
        OffsetField field = coarsest
            ? search.FromScratch()
            : search.Refine(Match(canvas.Halve(), texture.Halve(), known.Halve(), original.Halve(), level + 1));
        field.fractions = OffsetFractions.Fit(field, known, (x, y, offset) =>
            descriptors.Distance((x, y), known.Nearest(x + offset.X, y + offset.Y)));
        return field;
    }

    // The picture's outermost pixels get the offsets beside them, for those who interpolate across the border.
    private void ContinueInto(KnownArea known)
    {
        int right = known.Right - 1, bottom = known.Bottom - 1;
        for (int x = known.Left; x <= right; x++)
        {
            this[x, known.Top] = this[x, Math.Max(0, known.Top - 1)];
            this[x, bottom] = this[x, Math.Min(height - 1, bottom + 1)];
        }
        for (int y = known.Top; y <= bottom; y++)
        {
            this[known.Left, y] = this[Math.Max(0, known.Left - 1), y];
            this[right, y] = this[Math.Min(width - 1, right + 1), y];
        }
    }
}
