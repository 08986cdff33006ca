namespace Outpaint.Inference.Straight;

/// <summary>The outermost lines of pixels along a side of a picture, moved along it by every fraction of a place.</summary>
/// <remarks>
/// Through cubics, not straight between two pixels: a pole of two or three pixels is paler there than on them, and no longer looked
/// the same in each line.
/// </remarks>
internal sealed class ShiftedLines
{
    /// <summary>Fractions of a place: twentieths.</summary>
    public const int Fractions = 20;

    // By line, outermost first; by fraction.
    private readonly float[][][] lines;

    private ShiftedLines(float[][][] lines) => this.lines = lines;

    /// <summary>Reads them.</summary>
    /// <param name="canvas">Red, green, blue.</param>
    /// <param name="side">A side of its known part.</param>
    /// <param name="count">How many; fewer where the known part has no more.</param>
    public static ShiftedLines Read(FloatImage canvas, BorderSide side, int count)
    {
        ResamplingAxis[] axes = [.. Enumerable.Range(0, Fractions)
            .Select(fraction => ResamplingAxis.Cubic(side.Length, side.Length, place => place + ((double)fraction / Fractions)))];
        return new ShiftedLines([.. Enumerable.Range(0, Math.Min(count, side.Extent)).Select(line => Shift(side.Line(canvas, line), axes))]);
    }

    /// <summary>The pixels of a line from a place on.</summary>
    /// <param name="line">How far inwards it lies; 0 is the outermost.</param>
    /// <param name="place">How far along the side, in fractions, 0 or more.</param>
    public ReadOnlySpan<float> From(int line, int place) => lines[line][place % Fractions].AsSpan(place / Fractions * 3);

    private static float[][] Shift(float[] line, ResamplingAxis[] axes)
    {
        float[][] shifted = [.. axes.Select(_ => new float[line.Length])];
        for (int fraction = 0; fraction < axes.Length; fraction++)
        {
            axes[fraction].Resample(line, shifted[fraction]);
            KeepBetweenNeighbours(line, shifted[fraction]);
        }
        return shifted;
    }

    // Cubics go beyond the pixels on both sides of an edge.
    private static void KeepBetweenNeighbours(float[] line, float[] shifted)
    {
        for (int i = 0; i < line.Length; i++)
        {
            (float least, float most) = (line[i], line[i]);
            for (int near = Math.Max(i % 3, i - 3); near <= Math.Min(i + 6, line.Length - 1); near += 3)
                (least, most) = (Math.Min(least, line[near]), Math.Max(most, line[near]));
            shifted[i] = Math.Clamp(shifted[i], least, most);
        }
    }
}
