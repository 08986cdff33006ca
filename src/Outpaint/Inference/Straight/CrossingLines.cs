namespace Outpaint.Inference.Straight;

/// <summary>
/// What crosses a side of a picture straight, at each place of it: a pole, a stem, the edge of a roof. Straightened along its
/// slope, each line of pixels along the side then looks like the next; how little they differ, relative to the contrast that they
/// show, tells how straight it is.
/// </summary>
internal sealed class CrossingLines
{
    // Lines are compared in a window of so many places to both sides.
    private const int Reach = 4;

    // Slopes that are tried, in places per line: all of these fractions up to so many.
    private const int Steepest = 3;
    private const int Fractions = ShiftedLines.Fractions;

    // Root mean square of the step from one place to the next, in levels of 255, from which on there is something to draw on. What is
    // soft is straight nearby only: of clouds and blurred backgrounds, beams of light came out, which a half of this does not prevent.
    private const float LeastStep = 9;

    // How much lines differ, relative to their contrast, up to which all of it is straight, and from which nothing is.
    private const float Straight = 0.2f;
    private const float Crooked = 0.35f;

    private readonly int length;
    private readonly float[] differences;

    private CrossingLines(int length)
    {
        this.length = length;
        differences = new float[length];
        Array.Fill(differences, Crooked);
        (Slopes, Strengths, Colours) = (new float[length], new float[length], new float[length * 3]);
    }

    /// <summary>How many places aside it gets per line inwards.</summary>
    public float[] Slopes { get; }

    /// <summary>How much of it there is, 0 to 1.</summary>
    public float[] Strengths { get; }

    /// <summary>Its red, green and blue.</summary>
    public float[] Colours { get; }

    /// <summary>Looks for them.</summary>
    /// <param name="lines">The outermost lines of the picture.</param>
    /// <param name="side">The side of it; nothing crosses one that is too short to tell, or has too little behind it.</param>
    /// <param name="count">How many of the lines are compared.</param>
    public static CrossingLines Find(ShiftedLines lines, BorderSide side, int count)
    {
        var found = new CrossingLines(side.Length);
        if (Math.Min(side.Length, side.Extent) < 2 * count)
            return found;
        for (int slope = -Steepest * Fractions; slope <= Steepest * Fractions; slope++)
            found.Try(slope, lines, count);
        for (int place = 0; place < side.Length; place++)
            found.Strengths[place] = Math.Min(1, (Crooked - found.differences[place]) / (Crooked - Straight));
        return found;
    }

    // A slope in fractions per line.
    private void Try(int slope, ShiftedLines lines, int count)
    {
        // The places from which all lines are reached.
        float end = slope * (count - 1) / (float)Fractions;
        int first = (int)Math.Ceiling(Math.Max(0, -end)), last = (int)Math.Floor(Math.Min(length - 1, length - 1 - end));
        if (last - first < 2 * Reach)
            return;
        (float[] means, float[] variances) = Straighten(slope, lines, count, first, last - first + 1);
        for (int place = first; place <= last; place++)
        {
            int from = Math.Max(0, place - Reach), to = Math.Min(length - 1, place + Reach), width = to - from + 1;
            if (from < first || to > last)
                continue;
            ReadOnlySpan<float> window = means.AsSpan((from - first) * 3, width * 3);
            if (MeanSquaredStep(window) < LeastStep * LeastStep) // as in most places of most photos
                continue;
            float difference = MathF.Sqrt(Mean(variances.AsSpan(from - first, width)) / Variance(window));
            if (difference >= differences[place])
                continue;
            (differences[place], Slopes[place]) = (difference, slope / (float)Fractions);
            means.AsSpan((place - first) * 3, 3).CopyTo(Colours.AsSpan(place * 3));
        }
    }

    // The mean colour over all lines of each of some places, and the variance over them, of its three channels together.
    private static (float[] Means, float[] Variances) Straighten(int slope, ShiftedLines lines, int count, int first, int places)
    {
        float[] means = new float[places * 3], squares = new float[places * 3], variances = new float[places];
        for (int line = 0; line < count; line++)
        {
            ReadOnlySpan<float> shifted = lines.From(line, (first * Fractions) + (slope * line))[..means.Length];
            for (int i = 0; i < means.Length; i++)
            {
                means[i] += shifted[i];
                squares[i] += shifted[i] * shifted[i];
            }
        }
        for (int i = 0; i < means.Length; i++)
        {
            means[i] /= count;
            variances[i / 3] += Math.Max(0, (squares[i] / count) - (means[i] * means[i]));
        }
        return (means, variances);
    }

    // Of one channel's steps between neighbours.
    private static float MeanSquaredStep(ReadOnlySpan<float> colours)
    {
        float sum = 0;
        for (int i = 3; i < colours.Length; i++)
            sum += (colours[i] - colours[i - 3]) * (colours[i] - colours[i - 3]);
        return sum / (colours.Length - 3);
    }

    // Of colours, of their three channels together.
    private static float Variance(ReadOnlySpan<float> colours)
    {
        float red = 0, green = 0, blue = 0, squares = 0, count = colours.Length / 3f;
        for (int i = 0; i < colours.Length; i += 3)
        {
            (red, green, blue) = (red + colours[i], green + colours[i + 1], blue + colours[i + 2]);
            squares += (colours[i] * colours[i]) + (colours[i + 1] * colours[i + 1]) + (colours[i + 2] * colours[i + 2]);
        }
        return (squares / count) - (((red * red) + (green * green) + (blue * blue)) / (count * count));
    }

    private static float Mean(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (float value in values)
            sum += value;
        return sum / values.Length;
    }
}
