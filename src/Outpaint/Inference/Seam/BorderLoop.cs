using Outpaint.Imaging;

namespace Outpaint.Inference.Seam;

/// <summary>
/// The positions along a picture's border, a closed loop: clockwise from the top left corner, where two sides meet one
/// position of each.
/// </summary>
/// <param name="canvas">Where the picture lies on its canvas.</param>
internal sealed class BorderLoop(CanvasGeometry canvas)
{
    private readonly int width = canvas.SourceWidth;
    private readonly int height = canvas.SourceHeight;
    private readonly int positions = 2 * (canvas.SourceWidth + canvas.SourceHeight);

    /// <summary>How deep the narrowest of the bands around the picture is, in pixels.</summary>
    public int NarrowestBand => new[] { canvas.Left, canvas.Top, canvas.Right, canvas.Bottom }.Where(band => band > 0).DefaultIfEmpty().Min();

    /// <summary>The position nearest to a place outside the picture, in the picture's coordinates.</summary>
    public int Position(int x, int y) =>
        y < 0 ? Math.Clamp(x, 0, width - 1)
        : y >= height ? width + height + (width - 1 - Math.Clamp(x, 0, width - 1))
        : x >= width ? width + y
        : (2 * width) + height + (height - 1 - y);

    /// <summary>The border's pixel at each position; where a side has no band, that of the nearest position that has one.</summary>
    public (int X, int Y)[] Pixels() => [.. NearestMeasured().Select(PixelAt)];

    /// <summary>
    /// Picture less fill along the border, three values per position. Both are extrapolated to the line between them, from the
    /// means of their next and of their next but one <paramref name="depth"/> pixels, so that a slope across the border is no
    /// difference.
    /// </summary>
    /// <param name="source">The picture.</param>
    /// <param name="fill">What is around it.</param>
    /// <param name="depth">At most half the narrowest band, or 1.</param>
    public float[] Differences(RgbImage source, IFill fill, int depth)
    {
        var loop = new float[positions * 3];
        var row = new float[width * 3];
        var column = new float[2 * depth * 3];
        foreach ((int edge, int outwards, int band) in ((int, int, int)[])[(0, -1, canvas.Top), (height - 1, 1, canvas.Bottom)])
        {
            if (band == 0)
                continue;
            for (int step = 1; step <= 2 * depth; step++)
            {
                fill.Read(Math.Clamp(canvas.Top + edge + (step * outwards), 0, canvas.Height - 1), canvas.Left, row);
                int inside = Math.Clamp(edge - ((step - 1) * outwards), 0, height - 1);
                for (int x = 0; x < width; x++)
                    Add(Position(x, edge + outwards), step, (x, inside), row.AsSpan(x * 3, 3));
            }
        }
        foreach ((int edge, int outwards, int band) in ((int, int, int)[])[(0, -1, canvas.Left), (width - 1, 1, canvas.Right)])
        {
            if (band == 0)
                continue;
            int first = Math.Clamp(canvas.Left + edge + (outwards < 0 ? -2 * depth : 1), 0, canvas.Width - (2 * depth));
            for (int y = 0; y < height; y++)
            {
                fill.Read(canvas.Top + y, first, column);
                for (int step = 1; step <= 2 * depth; step++)
                {
                    int at = Math.Clamp(canvas.Left + edge + (step * outwards) - first, 0, (2 * depth) - 1);
                    Add(Position(edge + outwards, y), step, (Math.Clamp(edge - ((step - 1) * outwards), 0, width - 1), y), column.AsSpan(at * 3, 3));
                }
            }
        }
        Complete(loop);
        return loop;

        void Add(int position, int step, (int X, int Y) inside, ReadOnlySpan<float> outside)
        {
            float weight = (step <= depth ? 1.5f : -0.5f) / depth;
            int known = ((inside.Y * width) + inside.X) * 3;
            for (int channel = 0; channel < 3; channel++)
                loop[(position * 3) + channel] += weight * (source.Pixels[known + channel] - outside[channel]);
        }
    }

    // A side without a band carries on what its neighbours end with: smoothing must not find a step at the corner.
    private void Complete(float[] loop)
    {
        int[] nearest = NearestMeasured();
        for (int position = 0; position < positions; position++)
            loop.AsSpan(nearest[position] * 3, 3).CopyTo(loop.AsSpan(position * 3));
    }

    // For each position the nearest one with a band, which is itself where it has one.
    private int[] NearestMeasured()
    {
        var nearest = new int[positions];
        foreach (int direction in (int[])[1, -1])
        {
            int last = -1;
            // Twice round, because the first time begins anywhere.
            for (int step = 0, position = 0; step < 2 * positions; step++, position = (position + direction + positions) % positions)
            {
                if (IsMeasured(position))
                    last = position;
                if (last >= 0 && (direction > 0 || Away(position, last) < Away(position, nearest[position])))
                    nearest[position] = last;
            }
        }
        return nearest;
    }

    private (int X, int Y) PixelAt(int position) =>
        position < width ? (position, 0)
        : position < width + height ? (width - 1, position - width)
        : position < (2 * width) + height ? ((2 * width) + height - 1 - position, height - 1)
        : (0, positions - 1 - position);

    private bool IsMeasured(int position) => (
        position < width ? canvas.Top
        : position < width + height ? canvas.Right
        : position < (2 * width) + height ? canvas.Bottom
        : canvas.Left) > 0;

    private int Away(int from, int to) => Math.Min(Math.Abs(from - to), positions - Math.Abs(from - to));
}
