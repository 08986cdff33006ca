using System.Numerics;

namespace Outpaint.Inference.Detail;

/// <summary>
/// Means over surroundings of the same colour: the joint bilateral filter (Petschnigg et al. 2004; Eisemann and Durand 2004).
/// A narrow path between hedges then has a path's values, and not a mixture of both.
/// </summary>
internal static class JointBilateralFilter
{
    // How unlike colours may be: the standard deviation of a Gaussian, in levels of 0..255.
    private const float Tolerance = 15;

    /// <summary>A copy of means over squares of 2 * radius + 1 pixels; the outermost pixels repeat beyond the edges.</summary>
    /// <param name="values">One channel.</param>
    /// <param name="guide">Red, green, blue, of the same size.</param>
    /// <param name="radius">In pixels.</param>
    public static FloatImage Apply(FloatImage values, FloatImage guide, int radius)
    {
        var means = new FloatImage(values.Width, values.Height, 1);
        // Channel by channel, and as much longer as the last vector of a row may reach: as many pixels at once as a vector holds.
        int length = values.Width + (2 * radius) + Vector<float>.Count;
        float[][] planes = [Plane(guide, 0), Plane(guide, 1), Plane(guide, 2), Plane(values, 0)];
        Parallel.For(0, means.Height, () => new float[length], (y, _, row) =>
        {
            for (int x = 0; x < means.Width; x += Vector<float>.Count)
                Around(planes, length, means.Height, x, y, radius).CopyTo(row, x);
            row.AsSpan(0, means.Width).CopyTo(means.Row(y));
            return row;
        }, _ => { });
        return means;

        float[] Plane(FloatImage image, int channel)
        {
            var plane = new float[length * image.Height];
            for (int i = 0; i < plane.Length; i++)
            {
                int x = Math.Clamp((i % length) - radius, 0, image.Width - 1);
                plane[i] = image.Row(i / length)[(x * image.Channels) + channel];
            }
            return plane;
        }
    }

    private static Vector<float> Around(float[][] planes, int length, int height, int x, int y, int radius)
    {
        int own = (y * length) + x + radius;
        Vector<float> sum = Vector<float>.Zero, weights = Vector<float>.Zero;
        for (int apart = -radius; apart <= radius; apart++)
        {
            int beside = (Math.Clamp(y + apart, 0, height - 1) * length) + x;
            for (int aside = 0; aside <= 2 * radius; aside++)
            {
                Vector<float> difference = Vector<float>.Zero;
                for (int channel = 0; channel < 3; channel++)
                {
                    Vector<float> apartBy = new Vector<float>(planes[channel], own) - new Vector<float>(planes[channel], beside + aside);
                    difference += apartBy * apartBy;
                }
                Vector<float> weight = Vector.Exp(difference / (-2 * Tolerance * Tolerance));
                sum += weight * new Vector<float>(planes[3], beside + aside);
                weights += weight;
            }
        }
        return sum / weights;
    }
}
