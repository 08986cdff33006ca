using Outpaint.Inference.Detail;
using Outpaint.Inference.Seam;

namespace Outpaint.Inference;

/// <summary>
/// Where nothing but a plain backdrop reaches the border, such as a studio's white ground, the fill becomes that backdrop. A
/// model that was trained on scenery sees things in it: glows, haze, the ghost of what stands in the middle.
/// </summary>
internal static class PlainBorder
{
    // How far inwards a border has to be plain, in pixels of the model's canvas. What stands farther in and does not reach the
    // border has no reason to show up beyond it.
    private const int Strip = 3;

    // The greatest difference of neighbouring pixels, of 255, in means over 3 x 3, that is still a plain border's, and the least
    // that is another's. Studio grounds with a camera's noise or a slope had up to .6, clear skies 1 and more.
    private const float Plain = 0.5f, Busy = 1;

    // Blurs where the one fill goes over into the other: standard deviation in pixels.
    private const int Softness = 4;

    /// <summary>Makes a copy.</summary>
    /// <param name="filled">The canvas; red, green, blue.</param>
    /// <param name="known">What was not filled.</param>
    public static FloatImage Apply(FloatImage filled, KnownArea known)
    {
        var border = new BorderLoop(new CanvasGeometry(known.Width, known.Height, filled.Width, filled.Height, known.Left, known.Top));
        (int X, int Y)[] pixels = border.Pixels();
        FloatImage means = known.Crop(filled).BoxBlur(1);
        float[] activities = [.. pixels.Select(pixel => Activity(means, pixel.X, pixel.Y))];
        FloatImage plain = filled.Copy();
        // Most photos are busy all along the border; farther from it, more of it counts.
        if (Enumerable.Range(0, pixels.Length).All(position => Greatest(activities, position, Spread(1)) >= Busy))
            return plain;
        FloatImage strengths = Strengths(filled, known, border, activities);
        foreach ((int x, int y) in known.Around(filled))
        {
            Span<float> strength = strengths.Row(y).Slice(x * 2, 2), pixel = plain.Row(y).Slice(x * 3, 3);
            if (strength[0] == 0)
                continue;
            // The mean along the border, the wider the farther from it: streaks die out.
            int reach = (int)known.Distance(x, y), position = border.Position(x - known.Left, y - known.Top);
            float share = strength[0] / strength[1], each = share / ((2 * reach) + 1);
            Samples.AddScaled(pixel, filled.Row(y).Slice(x * 3, 3), -share);
            for (int i = -reach; i <= reach; i++)
            {
                (int nearX, int nearY) = pixels[Wrap(position + i, pixels.Length)];
                Samples.AddScaled(pixel, means.Row(nearY).Slice(nearX * 3, 3), each);
            }
        }
        return plain;
    }

    // For each pixel of the hole, how much of it the backdrop is, and 1, both blurred: the second divides the first. All 0 in the
    // known part.
    private static FloatImage Strengths(FloatImage filled, KnownArea known, BorderLoop border, float[] activities)
    {
        var strengths = new FloatImage(filled.Width, filled.Height, 2);
        foreach ((int x, int y) in known.Around(filled))
        {
            float activity = Greatest(activities, border.Position(x - known.Left, y - known.Top), Spread(known.Distance(x, y)));
            strengths.Row(y)[x * 2] = Math.Clamp((Busy - activity) / (Busy - Plain), 0, 1);
            strengths.Row(y)[(x * 2) + 1] = 1;
        }
        return strengths.Blur(Softness, repeatEdges: false);
    }

    // How much of the border counts at a distance from it, in pixels to both sides: what reaches the border may spread beyond it by
    // as much as it gets away from it.
    private static int Spread(float distance) => (int)distance + Strip + (2 * Softness);

    private static float Greatest(float[] activities, int position, int reach)
    {
        float greatest = 0;
        for (int i = -reach; i <= reach; i++)
            greatest = Math.Max(greatest, activities[Wrap(position + i, activities.Length)]);
        return greatest;
    }

    // The greatest difference between neighbours around a pixel of the border.
    private static float Activity(FloatImage means, int x, int y)
    {
        float activity = 0;
        for (int j = Math.Max(0, y - Strip + 1); j < Math.Min(means.Height - 1, y + Strip); j++)
        {
            ReadOnlySpan<float> row = means.Row(j), next = means.Row(j + 1);
            for (int i = Math.Max(0, x - Strip + 1) * 3; i < Math.Min(means.Width - 1, x + Strip) * 3; i++)
                activity = Math.Max(activity, Math.Max(Math.Abs(row[i] - row[i + 3]), Math.Abs(row[i] - next[i])));
        }
        return activity;
    }

    private static int Wrap(int position, int positions) => ((position % positions) + positions) % positions;
}
