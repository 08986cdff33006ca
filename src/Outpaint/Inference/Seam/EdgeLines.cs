using Outpaint.Imaging;

namespace Outpaint.Inference.Seam;

/// <summary>
/// Finds lines along the sides of a picture that are not part of what it shows: the rest of a frame, or a last row that
/// a program left dark or bright when it cut or shrunk the picture. One side in sixteen of the validation photos has one.
/// Continued, a line of one pixel became a glow as wide as the seam's correction.
/// </summary>
internal static class EdgeLines
{
    // How many pixels such a line is wide at most, or what part of the shorter side where that is more and it is plain: scans
    // show some of their frame. Of 520 pictures, nine had plain lines of more than three pixels, four scans and five drawings.
    private const int Widest = 3;
    private const int WidestPart = 64;

    // Levels per pixel within this many lines behind it tell how much neighbouring lines differ in this picture.
    private const int LinesBehind = 4;
    private const int SmallestSide = 4 * (Widest + LinesBehind);

    // A line differs from the one behind it at least so many times as much, and by so many levels on average.
    private const double Contrast = 3;
    private const double LeastStep = 2;

    // By so many levels it is seen in the middle of a result: lines of 44 of the 500 validation photos.
    private const double SeenStep = 15;

    /// <summary>The picture as it would be without such lines on the sides that grow: they repeat what is behind them.</summary>
    /// <param name="picture">The picture; it is left as it was.</param>
    /// <param name="canvas">Where it lies.</param>
    /// <returns>The picture itself where there are none.</returns>
    public static RgbImage Without(RgbImage picture, CanvasGeometry canvas)
    {
        (int left, int top, int right, int bottom) = Widths(picture, canvas);
        if (left + top + right + bottom == 0)
            return picture;
        var without = new RgbImage(picture.Width, picture.Height, [.. picture.Pixels]);
        Replace(without.Pixels, PictureSide.Left(picture), left);
        Replace(without.Pixels, PictureSide.Right(picture), right);
        Replace(without.Pixels, PictureSide.Top(picture), top);
        Replace(without.Pixels, PictureSide.Bottom(picture), bottom);
        return without;
    }

    /// <summary>How many pixels such lines are wide on each of the sides that grow; 0 where there is none.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="canvas">Where it lies.</param>
    /// <param name="seen">Whether only those count that are seen in the middle of a result.</param>
    public static (int Left, int Top, int Right, int Bottom) Widths(RgbImage picture, CanvasGeometry canvas, bool seen = false)
    {
        double least = seen ? SeenStep : 0;
        return PictureSide.OfGrowing(picture, canvas, side => Measure(picture, side, least));
    }

    // How many of the outermost lines of pixels do not belong to the rest, if one of them differs from the next by so much.
    private static int Measure(RgbImage picture, PictureSide side, double seenStep)
    {
        int shortSide = Math.Min(picture.Width, picture.Height), width = Math.Max(Widest, shortSide / WidestPart);
        if (shortSide < SmallestSide)
            return 0;
        double[] steps = [.. Enumerable.Range(0, width + LinesBehind).Select(line => Step(picture.Pixels, side, line))];
        while (width > 0 && !(StandsOut(steps, width) && (width <= Widest || IsPlain(steps, width))))
            width--;
        return width > 0 && steps[..width].Max() >= seenStep ? width : 0;
    }

    private static bool StandsOut(double[] steps, int width) =>
        steps[width - 1] >= Math.Max(LeastStep, Contrast * steps[width..(width + LinesBehind)].Average());

    // As a frame is, other than what is seen in a picture.
    private static bool IsPlain(double[] steps, int width) => Contrast * steps[0] <= steps[..width].Max();

    // How many levels a line and the next differ by on average.
    private static double Step(byte[] pixels, PictureSide side, int line)
    {
        long sum = 0;
        for (int at = side.First + (line * side.Inwards), i = 0; i < side.Length; i++, at += side.Along)
        {
            for (int channel = 0; channel < 3; channel++)
                sum += Math.Abs(pixels[at + channel] - pixels[at + side.Inwards + channel]);
        }
        return sum / (3.0 * side.Length);
    }

    private static void Replace(byte[] pixels, PictureSide side, int width)
    {
        for (int at = side.First, i = 0; i < side.Length; i++, at += side.Along)
        {
            for (int line = 0; line < width; line++)
                pixels.AsSpan(at + (width * side.Inwards), 3).CopyTo(pixels.AsSpan(at + (line * side.Inwards)));
        }
    }
}
