using Outpaint.Inference.Detail;

namespace Outpaint.Inference;

/// <summary>
/// Keeps a fill to colours that the picture shows. A model that was trained on scenery has others in store: beside a red bowl on grey
/// ground it saw orange, pink and cyan clouds, and a black-and-white photo that is stored in colours got a blue haze.
/// </summary>
internal static class PictureColours
{
    // Colours are counted in cells of so many levels of luminance, and of what red and blue have beyond it.
    private const int LuminanceCell = 16;
    private const int ChromaCell = 8;

    // The picture shows a colour if it is this part of it, outside its middle: what the middle alone shows is its subject. Of the
    // outermost pixels, a few are enough, as what reaches the border goes on beyond it, in however many shades.
    private const double LeastShare = 0.004;
    private const int MarginPart = 4;
    private const int LeastPixels = 3;
    private const int BorderDepth = 2;

    // How far from such a colour the fill may be, in levels: shades between those that were counted.
    private const float Tolerance = 6;

    // Neighbours change alike, or fine patterns would: the standard deviation of a blur, in pixels.
    private const double Softness = 1.5;

    /// <summary>Makes a copy in which luminance stays.</summary>
    /// <param name="filled">The canvas; red, green, blue.</param>
    /// <param name="known">What was not filled; it stays.</param>
    /// <param name="original">The part of it that no earlier step has filled.</param>
    public static FloatImage Apply(FloatImage filled, KnownArea known, KnownArea original)
    {
        Colour[] shown = Count(filled, original, out float most);
        var nearest = new Dictionary<(int, int, int), Colour>();
        var changes = new FloatImage(filled.Width, filled.Height, 3);
        foreach ((int x, int y) in known.Around(filled))
        {
            var own = Colour.Of(filled.Row(y).Slice(x * 3, 3));
            if (!nearest.TryGetValue(own.Cell, out Colour near))
                nearest[own.Cell] = near = shown.DefaultIfEmpty(own).MinBy(own.DistanceTo);
            own.Towards(near, Math.Min(Tolerance, most), changes.Row(y).Slice(x * 3, 3));
        }
        FloatImage soft = changes.Blur(Softness), kept = filled.Copy();
        foreach ((int x, int y) in known.Around(filled))
            Samples.AddScaled(kept.Row(y).Slice(x * 3, 3), soft.Row(y)[(x * 3)..], 1);
        return kept;
    }

    // The means of all cells that count, and the most colourful pixel's chroma: where there is none, none is tolerated.
    private static Colour[] Count(FloatImage filled, KnownArea picture, out float most)
    {
        var cells = new Dictionary<(int, int, int), Shades>();
        KnownArea middle = picture.Inset(picture.Width / MarginPart, picture.Height / MarginPart), inside = picture.Inset(BorderDepth);
        most = 0;
        for (int y = picture.Top; y < picture.Bottom; y++)
        {
            for (int x = picture.Left; x < picture.Right; x++)
            {
                var colour = Colour.Of(filled.Row(y).Slice(x * 3, 3));
                most = Math.Max(most, colour.Chroma);
                if (!middle.Contains(x, y))
                    cells[colour.Cell] = cells.GetValueOrDefault(colour.Cell).With(colour, atBorder: !inside.Contains(x, y));
            }
        }
        double least = Math.Max(LeastPixels, LeastShare * picture.Width * picture.Height);
        return [.. cells.Values.Where(shades => shades.Count >= least || shades.AtBorder >= LeastPixels).Select(shades => shades.Mean)];
    }

    // The colours of a cell: how many pixels have them, how many of those are at the border, and their sum.
    private readonly record struct Shades(int Count, int AtBorder, Colour Sum)
    {
        public Colour Mean => new(Sum.Luminance / Count, Sum.Red / Count, Sum.Blue / Count);

        public Shades With(Colour colour, bool atBorder) => new(
            Count + 1, AtBorder + (atBorder ? 1 : 0),
            new Colour(Sum.Luminance + colour.Luminance, Sum.Red + colour.Red, Sum.Blue + colour.Blue));
    }

    // Luminance, and what red and blue have beyond it; green has less by as much as both together, halved.
    private readonly record struct Colour(float Luminance, float Red, float Blue)
    {
        public float Chroma => Length(Red, Blue);

        public (int, int, int) Cell => (Floor(Luminance, LuminanceCell), Floor(Red, ChromaCell), Floor(Blue, ChromaCell));

        public static Colour Of(ReadOnlySpan<float> pixel)
        {
            float luminance = Samples.Luminance(pixel);
            return new Colour(luminance, pixel[0] - luminance, pixel[2] - luminance);
        }

        // A cell's luminances are all alike.
        public float DistanceTo(Colour other)
        {
            float chroma = Length(Red - other.Red, Blue - other.Blue), brighter = Math.Max(0, Math.Abs(Luminance - other.Luminance) - LuminanceCell);
            return (chroma * chroma) + (brighter * brighter);
        }

        // What to add to a pixel of this colour, so that its chroma is no farther than that from the other's.
        public void Towards(Colour other, float tolerance, Span<float> change)
        {
            float distance = Length(Red - other.Red, Blue - other.Blue);
            if (distance <= tolerance)
                return;
            float share = 1 - (tolerance / distance);
            (change[0], change[2]) = (share * (other.Red - Red), share * (other.Blue - Blue));
            change[1] = -(change[0] + change[2]) / 2;
        }

        private static float Length(float red, float blue) =>
            MathF.Sqrt((red * red) + (blue * blue) + ((red + blue) * (red + blue) / 4));

        private static int Floor(float value, int cell) => (int)MathF.Floor(value / cell);
    }
}
