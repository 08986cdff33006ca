namespace Outpaint.Inference.Detail;

/// <summary>
/// The offsets that count at a place of the large canvas: of the pixel of the small canvas that it lies in, and of the eight
/// around it, row by row.
/// </summary>
/// <param name="field">All offsets.</param>
/// <param name="columns">Which columns of the small canvas count at one of the large canvas.</param>
/// <param name="rows">The same of rows.</param>
internal sealed class NearOffsets(OffsetField field, ResamplingAxis columns, ResamplingAxis rows)
{
    private const int Taps = ResamplingAxis.SmoothTaps;

    /// <summary>How many they are.</summary>
    public const int Count = Taps * Taps;

    /// <summary>Gets those at a place.</summary>
    public void Get(int x, int y, Span<Offset> offsets)
    {
        int at = 0;
        foreach (int row in rows.Indices(y))
        {
            foreach (int column in columns.Indices(x))
                offsets[at++] = field[column, row];
        }
    }

    /// <summary>Whether those at a place are all this one.</summary>
    public bool AllAre(Offset offset, int x, int y)
    {
        foreach (int row in rows.Indices(y))
        {
            foreach (int column in columns.Indices(x))
            {
                if (field[column, row] != offset)
                    return false;
            }
        }
        return true;
    }

    /// <summary>Whether those in a column of the large canvas are those of the column on its left, as both lie in one of the small canvas.</summary>
    public bool AreAsBefore(int x) => columns.Indices(x)[Taps / 2] == columns.Indices(x - 1)[Taps / 2];

    /// <summary>How much an offset counts in each of the three columns, at a height; across these, the columns' own weights.</summary>
    /// <param name="offsets">Those at the place.</param>
    /// <param name="offset">One of them.</param>
    /// <param name="y">The row of the large canvas.</param>
    /// <param name="weights">Gets the three.</param>
    public void GetWeights(ReadOnlySpan<Offset> offsets, Offset offset, int y, Span<float> weights)
    {
        ReadOnlySpan<float> down = rows.Weights(y);
        weights.Clear();
        for (int at = 0; at < Count; at++)
            weights[at % Taps] += offsets[at] == offset ? down[at / Taps] : 0;
    }
}
