namespace Outpaint.Inference.Detail;

/// <summary>
/// Means over surroundings of the same colour: the joint bilateral filter (Petschnigg et al. 2004; Eisemann and Durand 2004).
/// A narrow path between hedges then has a path's values, and not a mixture of both.
/// </summary>
internal static class ColourGuidedMean
{
    // How unlike colours may be: the standard deviation of a Gaussian, in levels of 0..255.
    private const float Tolerance = 15;

    /// <summary>A copy of means over squares of 2 * radius + 1 pixels; the outermost pixels repeat beyond the edges.</summary>
    /// <param name="values">One channel.</param>
    /// <param name="colours">Red, green, blue, of the same size.</param>
    /// <param name="radius">In pixels.</param>
    public static FloatImage Of(FloatImage values, FloatImage colours, int radius)
    {
        var means = new FloatImage(values.Width, values.Height, 1);
        Parallel.For(0, means.Height, y =>
        {
            Span<float> row = means.Row(y);
            for (int x = 0; x < row.Length; x++)
                row[x] = Around(values, colours, x, y, radius);
        });
        return means;
    }

    private static float Around(FloatImage values, FloatImage colours, int x, int y, int radius)
    {
        ReadOnlySpan<float> own = colours.Row(y).Slice(x * 3, 3);
        float sum = 0, weights = 0;
        for (int apart = -radius; apart <= radius; apart++)
        {
            int row = Math.Clamp(y + apart, 0, values.Height - 1);
            ReadOnlySpan<float> beside = colours.Row(row), valuesBeside = values.Row(row);
            for (int aside = -radius; aside <= radius; aside++)
            {
                int column = Math.Clamp(x + aside, 0, values.Width - 1);
                float weight = MathF.Exp(Difference(own, beside.Slice(column * 3, 3)) / (-2 * Tolerance * Tolerance));
                sum += weight * valuesBeside[column];
                weights += weight;
            }
        }
        return sum / weights;
    }

    private static float Difference(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        float red = one[0] - other[0], green = one[1] - other[1], blue = one[2] - other[2];
        return (red * red) + (green * green) + (blue * blue);
    }
}
