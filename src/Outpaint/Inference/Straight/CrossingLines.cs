namespace Outpaint.Inference.Straight;

/// <summary>
/// What crosses a side of a picture straight, at each place of it: a pole, a stem, the edge of a roof. Straightened along its
/// slope, each line of pixels along the side then looks like the next; how little they differ, relative to the contrast that they
/// show, tells how straight it is.
/// </summary>
internal sealed class CrossingLines
{
    // So many of the outermost lines are compared, in a window of so many places to both sides.
    private const int Lines = 12;
    private const int Reach = 4;

    // Slopes that are tried, in places per line.
    private const float Steepest = 1.4f;
    private const float SlopeStep = 0.05f;

    // The root mean square of a contrast that is one, in levels of 255: what is plain goes on as well in the fill.
    private const float LeastContrast = 6;

    // How much lines differ, relative to their contrast, up to which all of it is straight, and from which nothing is.
    private const float Straight = 0.2f;
    private const float Crooked = 0.4f;

    private readonly BorderSide side;
    private readonly float[][] lines;
    private readonly float[] differences;

    private CrossingLines(FloatImage canvas, BorderSide side)
    {
        this.side = side;
        lines = [.. Enumerable.Range(0, Lines).Select(line => side.Line(canvas, line))];
        differences = new float[side.Length];
        Slopes = new float[side.Length];
        Strengths = new float[side.Length];
        Colours = new float[side.Length * 3];
        Array.Fill(differences, Crooked);
    }

    /// <summary>How many places aside it gets per line inwards.</summary>
    public float[] Slopes { get; }

    /// <summary>How much of it there is, 0 to 1.</summary>
    public float[] Strengths { get; }

    /// <summary>Its red, green and blue.</summary>
    public float[] Colours { get; }

    /// <summary>Looks for them.</summary>
    /// <param name="canvas">Red, green, blue.</param>
    /// <param name="side">A side of its known part; nothing crosses one that is too short to tell, or has too little behind it.</param>
    public static CrossingLines Find(FloatImage canvas, BorderSide side)
    {
        if (Math.Min(side.Length, side.Extent) < 2 * Lines)
            side = side with { Length = 0 };
        var found = new CrossingLines(canvas, side);
        for (int step = (int)MathF.Round(-Steepest / SlopeStep); side.Length > 0 && step * SlopeStep <= Steepest; step++)
            found.Try(step * SlopeStep);
        for (int place = 0; place < side.Length; place++)
            found.Strengths[place] = Math.Min(1, (Crooked - found.differences[place]) / (Crooked - Straight));
        return found;
    }

    private void Try(float slope)
    {
        // The places from which all lines are reached.
        float end = slope * (Lines - 1);
        int first = (int)Math.Ceiling(Math.Max(0, -end)), last = (int)Math.Floor(Math.Min(side.Length - 1, side.Length - 1 - end));
        if (last - first < 2 * Reach)
            return;
        (float[] means, float[] variances) = Straighten(slope, first, last);
        for (int place = first; place <= last; place++)
        {
            int from = Math.Max(0, place - Reach), to = Math.Min(side.Length - 1, place + Reach);
            if (from < first || to > last)
                continue;
            float contrast = Variance(means.AsSpan(from * 3, (to - from + 1) * 3));
            float difference = MathF.Sqrt(Mean(variances.AsSpan(from, to - from + 1)) / contrast);
            if (contrast < 3 * LeastContrast * LeastContrast || difference >= differences[place])
                continue;
            (differences[place], Slopes[place]) = (difference, slope);
            means.AsSpan(place * 3, 3).CopyTo(Colours.AsSpan(place * 3));
        }
    }

    // The mean colour of each place over all lines, and the variance over them, of its three channels together.
    private (float[] Means, float[] Variances) Straighten(float slope, int first, int last)
    {
        float[] means = new float[side.Length * 3], squares = new float[side.Length * 3], variances = new float[side.Length];
        for (int line = 0; line < Lines; line++)
        {
            float shift = slope * line;
            int whole = (int)MathF.Floor(shift), next = Math.Min(whole + 1, side.Length - 1 - last);
            float share = shift - whole;
            for (int i = first * 3; i < (last + 1) * 3; i++)
            {
                float value = lines[line][i + (whole * 3)] + (share * (lines[line][i + (next * 3)] - lines[line][i + (whole * 3)]));
                means[i] += value / Lines;
                squares[i] += value * value / Lines;
            }
        }
        for (int i = first * 3; i < (last + 1) * 3; i++)
            variances[i / 3] += Math.Max(0, squares[i] - (means[i] * means[i]));
        return (means, variances);
    }

    // Of colours, of their three channels together.
    private static float Variance(ReadOnlySpan<float> colours)
    {
        Span<float> sums = stackalloc float[3];
        float squares = 0;
        for (int i = 0; i < colours.Length; i++)
        {
            sums[i % 3] += colours[i];
            squares += colours[i] * colours[i];
        }
        float count = colours.Length / 3f;
        return (squares / count) - (((sums[0] * sums[0]) + (sums[1] * sums[1]) + (sums[2] * sums[2])) / (count * count));
    }

    private static float Mean(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (float value in values)
            sum += value;
        return sum / values.Length;
    }
}
