using Outpaint.Inference.Detail;

namespace Outpaint.Inference;

/// <summary>
/// Gives a fill, in all steps but the first, back some of the contrast that the original has beside it. A model's fills are
/// plainer than photos, and it goes on from its last fill as it would from a photo: of a picture that grows in several
/// steps, each would be plainer than the one before (docs/resolution.md).
/// </summary>
internal static class ContrastAnchor
{
    // What is finer than each of these blurs and not finer than the one before is raised on its own; pixels of the canvas.
    private static readonly double[] Blurs = [0.7, 1.4, 2.8, 5.6];

    // A fill may well be plainer than the original, a sky above rock: so many times the contrast at most.
    private const float Most = 1.5f;

    // How broad a surrounding is compared: the standard deviation of a blur, relative to the depth of the band.
    private const double Breadth = 0.5;

    // A mean square of less is no contrast, in grey levels.
    private const float Least = 0.5f;

    /// <summary>Raises contrast, less beside the known part, and lowers none; a copy, but for a first step.</summary>
    /// <param name="filled">The canvas; red, green, blue.</param>
    /// <param name="known">What was not filled.</param>
    /// <param name="original">The part of it that no earlier step has filled. If it is the whole, this is the first step and nothing changes.</param>
    public static FloatImage Apply(FloatImage filled, KnownArea known, KnownArea original)
    {
        if (original == known)
            return filled;
        FloatImage anchored = filled.Copy(), finer = filled;
        foreach (double blur in Blurs)
        {
            FloatImage coarser = filled.Blur(blur);
            FloatImage octave = finer.Copy();
            Samples.AddScaled(octave.Values, coarser.Values, -1);
            FloatImage squares = Squares(octave, known, original).Blur(Breadth * known.Depth(filled), repeatEdges: false);
            foreach ((int x, int y) in known.Around(filled))
            {
                ReadOnlySpan<float> square = squares.Row(y).Slice(x * 2, 2);
                float gain = Math.Clamp(MathF.Sqrt((square[1] + Least) / (square[0] + Least)), 1, Most);
                float fade = Math.Min(1, known.Distance(x, y) / (1 + (2 * (float)blur)));
                Samples.AddScaled(anchored.Row(y).Slice(x * 3, 3), octave.Row(y)[(x * 3)..], fade * (gain - 1));
            }
            finer = coarser;
        }
        return anchored;
    }

    // For each pixel of the hole, the sums of the squares of its own octave and of that of the original mirrored there; 0 in the
    // known part.
    private static FloatImage Squares(FloatImage octave, KnownArea known, KnownArea original)
    {
        var squares = new FloatImage(octave.Width, octave.Height, 2);
        foreach ((int x, int y) in known.Around(octave))
        {
            ReadOnlySpan<float> own = octave.Row(y).Slice(x * 3, 3);
            ReadOnlySpan<float> mirrored = octave.Row(original.MirrorY(y)).Slice(original.MirrorX(x) * 3, 3);
            for (int channel = 0; channel < 3; channel++)
            {
                squares.Row(y)[x * 2] += own[channel] * own[channel];
                squares.Row(y)[(x * 2) + 1] += mirrored[channel] * mirrored[channel];
            }
        }
        return squares;
    }
}
