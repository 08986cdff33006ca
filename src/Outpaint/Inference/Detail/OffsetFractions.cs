namespace Outpaint.Inference.Detail;

/// <summary>
/// By what fraction of a pixel each offset of a field should be longer or shorter: a pixel of the small canvas may be a dozen
/// of the large one, and an edge that goes on that far off becomes a staircase. All pixels of one offset share the fraction
/// at which they are least unlike their places together, by the parabola through whole pixels.
/// </summary>
internal static class OffsetFractions
{
    // The offset itself, and a pixel to the left, to the right, up and down.
    private static readonly Offset[] Steps = [new(0, 0), new(-1, 0), new(1, 0), new(0, -1), new(0, 1)];

    /// <summary>Fits the fractions, each from -1 to 1: a region may be off by a pixel, as a pixel alone cannot leave it.</summary>
    /// <param name="field">The offsets of the hole.</param>
    /// <param name="known">What is not the hole.</param>
    /// <param name="unlikeness">How unlike its place a pixel (column, row) is with an offset.</param>
    public static IReadOnlyDictionary<Offset, (float X, float Y)> Fit(OffsetField field, KnownArea known, Func<int, int, Offset, float> unlikeness)
    {
        var sums = new Dictionary<Offset, double[]>();
        for (int y = 0; y < field.Height; y++)
        {
            for (int x = 0; x < field.Width; x++)
            {
                if (known.Contains(x, y))
                    continue;
                Offset offset = field[x, y];
                if (!sums.TryGetValue(offset, out double[]? sum))
                    sums.Add(offset, sum = new double[Steps.Length]);
                for (int step = 0; step < Steps.Length; step++)
                    sum[step] += unlikeness(x, y, new Offset((short)(offset.X + Steps[step].X), (short)(offset.Y + Steps[step].Y)));
            }
        }
        return sums.ToDictionary(
            entry => entry.Key,
            entry => (Lowest(entry.Value[1], entry.Value[0], entry.Value[2]), Lowest(entry.Value[3], entry.Value[0], entry.Value[4])));
    }

    // Where the parabola through these values at -1, 0 and 1 is lowest.
    private static float Lowest(double before, double at, double after)
    {
        double curvature = before - (2 * at) + after;
        return curvature > 0 ? (float)Math.Clamp((before - after) / (2 * curvature), -1, 1) : 0;
    }
}
