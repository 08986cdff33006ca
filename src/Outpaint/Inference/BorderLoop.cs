using Outpaint.Imaging;

namespace Outpaint.Inference;

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

    /// <summary>The position nearest to a place outside the picture, in the picture's coordinates.</summary>
    public int Position(int x, int y) =>
        y < 0 ? Math.Clamp(x, 0, width - 1)
        : y >= height ? width + height + (width - 1 - Math.Clamp(x, 0, width - 1))
        : x >= width ? width + y
        : (2 * width) + height + (height - 1 - y);

    /// <summary>The border's pixel at each position; where a side has no band, that of the nearest position that has one.</summary>
    public (int X, int Y)[] Pixels() => [.. NearestMeasured().Select(PixelAt)];

    /// <summary>
    /// Picture less fill along the border, three values per position. Both are extrapolated to the line between them,
    /// so that a slope across the border is no difference.
    /// </summary>
    public float[] Differences(RgbImage source, IFill fill)
    {
        var loop = new float[positions * 3];
        var near = new float[width * 3];
        var far = new float[width * 3];
        foreach ((int edge, int outwards, int band) in ((int, int, int)[])[(0, -1, canvas.Top), (height - 1, 1, canvas.Bottom)])
        {
            if (band == 0)
                continue;
            fill.Read(Row(canvas.Top + edge + outwards), canvas.Left, near);
            fill.Read(Row(canvas.Top + edge + (2 * outwards)), canvas.Left, far);
            for (int x = 0; x < width; x++)
                Compare((x, edge), (x, Math.Clamp(edge - outwards, 0, height - 1)), (x, edge + outwards), near.AsSpan(x * 3, 3), far.AsSpan(x * 3, 3));
        }
        foreach ((int edge, int outwards, int band) in ((int, int, int)[])[(0, -1, canvas.Left), (width - 1, 1, canvas.Right)])
        {
            for (int y = 0; y < height && band > 0; y++)
            {
                fill.Read(canvas.Top + y, Column(canvas.Left + edge + outwards), near.AsSpan(0, 3));
                fill.Read(canvas.Top + y, Column(canvas.Left + edge + (2 * outwards)), far.AsSpan(0, 3));
                Compare((edge, y), (Math.Clamp(edge - outwards, 0, width - 1), y), (edge + outwards, y), near, far);
            }
        }
        Complete(loop);
        return loop;

        // Next to the last row or column of a band there is none.
        int Row(int y) => Math.Clamp(y, 0, canvas.Height - 1);
        int Column(int x) => Math.Clamp(x, 0, canvas.Width - 1);

        void Compare((int X, int Y) border, (int X, int Y) inner, (int X, int Y) outside, ReadOnlySpan<float> near, ReadOnlySpan<float> far)
        {
            int position = Position(outside.X, outside.Y) * 3;
            for (int channel = 0; channel < 3; channel++)
            {
                float known = (1.5f * Known(border, channel)) - (0.5f * Known(inner, channel));
                float generated = (1.5f * near[channel]) - (0.5f * far[channel]);
                loop[position + channel] = known - generated;
            }
        }

        float Known((int X, int Y) at, int channel) => source.Pixels[(((at.Y * width) + at.X) * 3) + channel];
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
