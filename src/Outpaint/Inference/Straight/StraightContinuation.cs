using Outpaint.Inference.Detail;

namespace Outpaint.Inference.Straight;

/// <summary>
/// What crosses the border straight goes straight on: poles, stems, edges of roofs. A model that was trained on scenery lets them
/// end within a few pixels.
/// </summary>
internal static class StraightContinuation
{
    // How many pixels deep it has to be straight to go on for as many as NearReach, fading out, and to the end of the canvas. As far as
    // that, what is straight nearby only, the ridge of a hill or a column of rock, came out as a beam.
    private const int Near = 7, NearReach = 16;
    private const int Far = 12;

    // Of the sums: red, green and blue times strength, the strength, and how much of a pixel is drawn on at all.
    private const int Channels = 5;

    /// <summary>Makes a copy.</summary>
    /// <param name="filled">The canvas; red, green, blue.</param>
    /// <param name="known">What was not filled.</param>
    public static FloatImage Apply(FloatImage filled, KnownArea known)
    {
        var drawn = new FloatImage(filled.Width, filled.Height, Channels);
        foreach (BorderSide side in BorderSide.Of(known, filled))
        {
            ShiftedLines lines = ShiftedLines.Read(filled, side, Far);
            Draw(CrossingLines.Find(lines, side, Near), side, NearReach, drawn);
            Draw(CrossingLines.Find(lines, side, Far), side, int.MaxValue, drawn);
        }
        FloatImage continued = filled.Copy();
        foreach ((int x, int y) in known.Around(filled))
        {
            Span<float> sums = drawn.Row(y).Slice(x * Channels, Channels), pixel = continued.Row(y).Slice(x * 3, 3);
            float strength = sums[3] / Math.Max(1, sums[4]);
            for (int channel = 0; strength > 0 && channel < 3; channel++)
                pixel[channel] += strength * ((sums[channel] / sums[3]) - pixel[channel]);
        }
        return continued;
    }

    // Draws as far as the reach, over whose second half it fades out.
    private static void Draw(CrossingLines lines, BorderSide side, int reach, FloatImage drawn)
    {
        for (int place = 0; place < lines.Strengths.Length; place++)
        {
            float strength = lines.Strengths[place];
            for (int distance = 1; strength > 0 && distance <= Math.Min(side.Depth, reach); distance++)
            {
                float at = place - (lines.Slopes[place] * distance), fading = Math.Min(1, (reach - distance) / (reach / 2f));
                int whole = (int)MathF.Floor(at);
                Add(whole, fading * (1 - (at - whole)));
                Add(whole + 1, fading * (at - whole));

                void Add(int toPlace, float share)
                {
                    (int x, int y) = side.At(toPlace, distance);
                    if ((uint)x >= (uint)drawn.Width || (uint)y >= (uint)drawn.Height)
                        return;
                    Span<float> sums = drawn.Row(y).Slice(x * Channels, Channels);
                    Samples.AddScaled(sums[..3], lines.Colours.AsSpan(place * 3), share * strength);
                    sums[3] += share * strength;
                    sums[4] += share;
                }
            }
        }
    }
}
