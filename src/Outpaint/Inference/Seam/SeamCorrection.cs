using Outpaint.Imaging;

namespace Outpaint.Inference.Seam;

/// <summary>
/// Makes a fill meet the picture without a seam, touching the fill only. The difference between the two along the
/// border is a closed loop of colours; it spreads outwards like a membrane fixed to the border (gradient-domain
/// blending, Pérez et al. 2003): at distance d, detail finer than d has died out. Here that is the loop smoothed to
/// the width d, looked up in a pyramid, which costs the same at every size. It halves within an eighth of the
/// deeper band of its axis and is gone after a quarter, so that the model's own colours hold beyond.
/// </summary>
internal sealed class SeamCorrection
{
    private const double FadeShare = 1 / 4.0;
    private const double ShortestFade = 4;

    // The first pixel follows a soft picture hardly more than a sharp one: otherwise the gradient across the border was .86 of the
    // gradient beside it at a width of 2400 pixels (the originals: 1.06), and .92 of it from 512 to 768 (1.01).
    private const double FirstPixelsOwn = 0.8;

    private readonly CanvasGeometry canvas;
    private readonly BorderLoop border;
    private readonly double reachX;
    private readonly double reachY;
    private readonly SeamDetail detail;
    private readonly (double Left, double Top, double Right, double Bottom) persistence;

    // Level l is the loop of differences smoothed to a standard deviation of about 2^(l-1) pixels; three values per position.
    private readonly List<float[]> levels = [];

    /// <summary>Measures the difference along the border.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="canvas">Where it lies on the canvas.</param>
    /// <param name="fill">What is around it.</param>
    /// <param name="detail">What of the fill's detail stays its own.</param>
    public SeamCorrection(RgbImage source, CanvasGeometry canvas, IFill fill, SeamDetail detail)
    {
        (this.canvas, this.detail) = (canvas, detail);
        border = new BorderLoop(canvas);
        if (detail.Persistence > 0)
            persistence = PictureSide.OfGrowing(source, canvas, side => detail.Persistence * BorderSoftness.Measure(source, side));
        reachX = Math.Max(ShortestFade, Math.Max(canvas.Left, canvas.Right) * FadeShare);
        reachY = Math.Max(ShortestFade, Math.Max(canvas.Top, canvas.Bottom) * FadeShare);
        double widest = Math.Sqrt((reachX * reachX) + (reachY * reachY)), finer = Math.Pow(2, Math.Max(detail.Upright, detail.Level));
        int depth = 1, deepest = Math.Max(1, Math.Min(detail.Depth, border.NarrowestBand / 2));
        levels.Add(border.Differences(source, fill, depth));
        for (int spacing = 1; spacing < widest * 2 * finer; spacing *= 2)
        {
            int deeper = Math.Clamp((int)(spacing / finer), 1, deepest);
            levels.Add(deeper == depth ? Smooth(levels[^1], spacing) : SmoothUpTo(spacing, border.Differences(source, fill, depth = deeper)));
        }
    }

    /// <summary>Adds the correction to a piece of a row of the fill, outside the picture.</summary>
    /// <param name="y">The row of the canvas.</param>
    /// <param name="from">The first column.</param>
    /// <param name="values">Interleaved red, green, blue.</param>
    public void AddTo(int y, int from, Span<float> values)
    {
        int dy = Distance(y - canvas.Top, canvas.SourceHeight);
        double aboveOrBelow = y < canvas.Top ? persistence.Top : persistence.Bottom;
        int start = Math.Max(from, canvas.Left - (int)reachX - 1);
        int end = Math.Min(from + (values.Length / 3), canvas.Left + canvas.SourceWidth + (int)reachX + 1);
        for (int x = start; x < end; x++)
        {
            int dx = Distance(x - canvas.Left, canvas.SourceWidth);
            double strength = Fade(Math.Max(0, dx - 1) / reachX, Math.Max(0, dy - 1) / reachY);
            double beside = x < canvas.Left ? persistence.Left : persistence.Right;
            if (strength > 0)
                Add(border.Position(x - canvas.Left, y - canvas.Top), Level(dx, dy, beside, aboveOrBelow), (float)strength, values.Slice((x - from) * 3, 3));
        }
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

    // All steps up to that spacing.
    private static float[] SmoothUpTo(int last, float[] loop)
    {
        for (int spacing = 1; spacing <= last; spacing *= 2)
            loop = Smooth(loop, spacing);
        return loop;
    }

    // The pyramid's level for a place outside the picture; off a corner between those of its two sides.
    private double Level(double dx, double dy, double beside, double aboveOrBelow)
    {
        double distanceSquared = (dx * dx) + (dy * dy), shareX = dx * dx / distanceSquared;
        double octaves = detail.Level + (shareX * (detail.Upright - detail.Level));
        double longer = aboveOrBelow + (shareX * (beside - aboveOrBelow));
        octaves -= longer * (1 - (FirstPixelsOwn / Math.Sqrt(distanceSquared)));
        return Math.Clamp(octaves + 1 + (Math.Log2(distanceSquared) / 2), 0, levels.Count - 1);
    }

    private void Add(int position, double level, float strength, Span<float> pixel)
    {
        int lower = Math.Min((int)level, levels.Count - 2);
        float share = (float)(level - lower);
        for (int channel = 0; channel < 3; channel++)
        {
            int index = (position * 3) + channel;
            pixel[channel] += strength * (((1 - share) * levels[lower][index]) + (share * levels[lower + 1][index]));
        }
    }

    // How far outside 0..length-1 a coordinate is.
    private static int Distance(int coordinate, int length) => Math.Max(0, Math.Max(-coordinate, coordinate - length + 1));

    // 1 at the border, 0 from the distance 1 on, smooth at both ends.
    private static double Fade(double x, double y)
    {
        double distance = Math.Sqrt((x * x) + (y * y));
        return distance >= 1 ? 0 : (1 - distance) * (1 - distance) * (1 + (2 * distance));
    }
}
