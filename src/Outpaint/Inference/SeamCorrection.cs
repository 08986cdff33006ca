using Outpaint.Imaging;

namespace Outpaint.Inference;

/// <summary>
/// Makes a fill meet the picture without a seam, touching the fill only. The difference between the two along the
/// border is a closed loop of colours; it spreads outwards like a membrane fixed to the border (gradient-domain
/// blending, Pérez et al. 2003): at distance d, detail finer than d has died out. Here that is the loop smoothed to
/// the width d, looked up in a pyramid, which costs the same at every size. It halves within an eighth of the band
/// and is gone after a quarter, so that the model's own colours hold beyond.
/// </summary>
internal sealed class SeamCorrection
{
    private const double FadeShare = 1 / 4.0;
    private const double ShortestFade = 4;

    /// <summary>
    /// For a fill that a model made in view of the picture: detail two octaves finer than the distance stays its own.
    /// Without, its first pixels repeat the border's: the gradient across it was .55 of the gradient beside it.
    /// </summary>
    public const double GeneratedOctaves = 2;

    /// <summary>For a fill with copied detail, which knows nothing of the border's and must give way to more of it.</summary>
    public const double CopiedOctaves = 0.6;

    private readonly CanvasGeometry canvas;
    private readonly double reachX;
    private readonly double reachY;
    private readonly double ownOctaves;

    // Level l is the loop smoothed to a standard deviation of about 2^(l-1) pixels; three values per position.
    private readonly List<float[]> levels = [];

    /// <summary>Measures the difference along the border.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="canvas">Where it lies on the canvas.</param>
    /// <param name="fill">What is around it.</param>
    /// <param name="ownOctaves">How much finer than the distance detail is that stays the fill's own.</param>
    public SeamCorrection(RgbImage source, CanvasGeometry canvas, IFill fill, double ownOctaves)
    {
        this.canvas = canvas;
        this.ownOctaves = ownOctaves;
        reachX = Math.Max(ShortestFade, Math.Max(canvas.Left, canvas.Right) * FadeShare);
        reachY = Math.Max(ShortestFade, Math.Max(canvas.Top, canvas.Bottom) * FadeShare);
        levels.Add(Differences(source, canvas, fill));
        double widest = Math.Sqrt((reachX * reachX) + (reachY * reachY));
        for (int spacing = 1; spacing < widest * Math.Pow(2, ownOctaves + 1); spacing *= 2)
            levels.Add(Smooth(levels[^1], spacing));
    }

    /// <summary>Adds the correction to a piece of a row of the fill, outside the picture.</summary>
    /// <param name="y">The row of the canvas.</param>
    /// <param name="from">The first column.</param>
    /// <param name="values">Interleaved red, green, blue.</param>
    public void AddTo(int y, int from, Span<float> values)
    {
        int dy = Distance(y - canvas.Top, canvas.SourceHeight);
        int start = Math.Max(from, canvas.Left - (int)reachX - 1);
        int end = Math.Min(from + (values.Length / 3), canvas.Left + canvas.SourceWidth + (int)reachX + 1);
        for (int x = start; x < end; x++)
        {
            int dx = Distance(x - canvas.Left, canvas.SourceWidth);
            double strength = Fade(Math.Max(0, dx - 1) / reachX, Math.Max(0, dy - 1) / reachY);
            if (strength > 0)
                Add(Position(x - canvas.Left, y - canvas.Top), Math.Sqrt((dx * dx) + (dy * dy)), (float)strength, values.Slice((x - from) * 3, 3));
        }
    }

    // Both sides are extrapolated to the line between them, so that a slope across the border is no difference.
    private static float[] Differences(RgbImage source, CanvasGeometry canvas, IFill fill)
    {
        int width = source.Width, height = source.Height;
        var loop = new float[2 * (width + height) * 3];
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
        ContinueInto(loop, canvas);
        return loop;

        // Next to the last row or column of a band there is none.
        int Row(int y) => Math.Clamp(y, 0, canvas.Height - 1);
        int Column(int x) => Math.Clamp(x, 0, canvas.Width - 1);

        void Compare((int X, int Y) border, (int X, int Y) inner, (int X, int Y) outside, ReadOnlySpan<float> near, ReadOnlySpan<float> far)
        {
            int position = LoopPosition(outside.X, outside.Y, width, height) * 3;
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
    private static void ContinueInto(float[] loop, CanvasGeometry canvas)
    {
        int width = canvas.SourceWidth, height = canvas.SourceHeight, positions = loop.Length / 3;
        var nearest = new int[positions];
        foreach (int direction in (int[])[1, -1])
        {
            int last = -1;
            // Twice round, because the first time begins anywhere.
            for (int step = 0, position = 0; step < 2 * positions; step++, position = (position + direction + positions) % positions)
            {
                if (IsMeasured(position))
                    last = position;
                else if (last >= 0 && (direction > 0 || Away(position, last) < Away(position, nearest[position])))
                    nearest[position] = last;
            }
        }
        for (int position = 0; position < positions; position++)
        {
            if (!IsMeasured(position))
                loop.AsSpan(nearest[position] * 3, 3).CopyTo(loop.AsSpan(position * 3));
        }

        bool IsMeasured(int position) => (
            position < width ? canvas.Top
            : position < width + height ? canvas.Right
            : position < (2 * width) + height ? canvas.Bottom
            : canvas.Left) > 0;

        int Away(int from, int to) => Math.Min(Math.Abs(from - to), positions - Math.Abs(from - to));
    }

    // One step of the à trous pyramid: the B3 spline filter (1 4 6 4 1) / 16 with its taps `spacing` apart.
    private static float[] Smooth(float[] loop, int spacing)
    {
        int positions = loop.Length / 3;
        var smooth = new float[loop.Length];
        for (int position = 0; position < positions; position++)
        {
            int near1 = Wrap(position - spacing), near2 = Wrap(position + spacing);
            int far1 = Wrap(position - (2 * spacing)), far2 = Wrap(position + (2 * spacing));
            for (int channel = 0; channel < 3; channel++)
                smooth[(position * 3) + channel] =
                    (0.375f * loop[(position * 3) + channel])
                    + (0.25f * (loop[near1 + channel] + loop[near2 + channel]))
                    + (0.0625f * (loop[far1 + channel] + loop[far2 + channel]));
        }
        return smooth;

        int Wrap(int position) => (((position % positions) + positions) % positions) * 3;
    }

    private void Add(int position, double distance, float strength, Span<float> pixel)
    {
        double level = Math.Min(ownOctaves + 1 + Math.Log2(distance), levels.Count - 1);
        int lower = Math.Min((int)level, levels.Count - 2);
        float share = (float)(level - lower);
        for (int channel = 0; channel < 3; channel++)
        {
            int index = (position * 3) + channel;
            pixel[channel] += strength * (((1 - share) * levels[lower][index]) + (share * levels[lower + 1][index]));
        }
    }

    private int Position(int x, int y) => LoopPosition(x, y, canvas.SourceWidth, canvas.SourceHeight);

    // The border pixel nearest to a place outside, counted clockwise from the top left corner.
    private static int LoopPosition(int x, int y, int width, int height) =>
        y < 0 ? Math.Clamp(x, 0, width - 1)
        : y >= height ? width + height + (width - 1 - Math.Clamp(x, 0, width - 1))
        : x >= width ? width + y
        : (2 * width) + height + (height - 1 - y);

    // How far outside 0..length-1 a coordinate is.
    private static int Distance(int coordinate, int length) => Math.Max(0, Math.Max(-coordinate, coordinate - length + 1));

    // 1 at the border, 0 from the distance 1 on, smooth at both ends.
    private static double Fade(double x, double y)
    {
        double distance = Math.Sqrt((x * x) + (y * y));
        return distance >= 1 ? 0 : (1 - distance) * (1 - distance) * (1 + (2 * distance));
    }
}
