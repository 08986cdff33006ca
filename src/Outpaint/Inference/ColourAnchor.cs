using Outpaint.Inference.Detail;

namespace Outpaint.Inference;

/// <summary>
/// Draws the broad colours of a fill part of the way to those at the original's edge. Photos mostly end darker than they are in
/// the middle; a model learns that, and a picture that grows in several steps would grow darker with each.
/// </summary>
internal static class ColourAnchor
{
    // What part of the difference at the outer end; and how broad colours are: the standard deviation of a blur, relative to
    // the depth of the band.
    private const float Share = 0.4f;
    private const double Breadth = 1;

    /// <summary>Makes a copy in which nothing changes beside the known part, and the more the farther from it.</summary>
    /// <param name="filled">The canvas; red, green, blue.</param>
    /// <param name="known">What was not filled.</param>
    /// <param name="original">The part of it that no earlier step has filled.</param>
    public static FloatImage Apply(FloatImage filled, KnownArea known, KnownArea original)
    {
        FloatImage broad = Differences(filled, known, original).Blur(Breadth * known.Depth(filled), repeatEdges: false);
        FloatImage anchored = filled.Copy();
        foreach ((int x, int y) in known.Around(filled))
        {
            float apart = Distance(y, known.Top, known.Bottom, filled.Height), aside = Distance(x, known.Left, known.Right, filled.Width);
            float distance = Math.Min(1, MathF.Sqrt((aside * aside) + (apart * apart)));
            ReadOnlySpan<float> difference = broad.Row(y).Slice(x * 4, 4);
            Samples.AddScaled(anchored.Row(y).Slice(x * 3, 3), difference, Share * distance / difference[3]);
        }
        return anchored;
    }

    // For each pixel of the hole, what the original's nearest pixel has more than it of red, green and blue, and 1; all 0 in
    // the known part. Blurred, the last is by how much the others are to be divided.
    private static FloatImage Differences(FloatImage filled, KnownArea known, KnownArea original)
    {
        var differences = new FloatImage(filled.Width, filled.Height, 4);
        foreach ((int x, int y) in known.Around(filled))
        {
            (int nearX, int nearY) = original.Nearest(x, y);
            Span<float> difference = differences.Row(y).Slice(x * 4, 4);
            for (int channel = 0; channel < 3; channel++)
                difference[channel] = filled.Row(nearY)[(nearX * 3) + channel] - filled.Row(y)[(x * 3) + channel];
            difference[3] = 1;
        }
        return differences;
    }

    // How far from the stretch [start, end): 0 in it, 1 at the first and the last pixel.
    private static float Distance(int at, int start, int end, int length) =>
        at < start ? (start - at) / (float)start : at >= end ? (at - end + 1) / (float)(length - end) : 0;
}
