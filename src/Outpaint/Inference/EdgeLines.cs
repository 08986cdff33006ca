using Outpaint.Imaging;

namespace Outpaint.Inference;

/// <summary>
/// Finds lines along the sides of a picture that are not part of what it shows: the rest of a frame, or a last row that
/// a program left dark or bright when it cut or shrunk the picture. One side in sixteen of the validation photos has one.
/// Continued, a line of one pixel became a glow as wide as the seam's correction.
/// </summary>
internal static class EdgeLines
{
    // How many pixels such a line is wide at most, or what part of the shorter side where that is more: scans show some of
    // their frame. Of 520 pictures, six had lines of more than three pixels like this; in four they were frames, the other two
    // are drawn.
    private const int Widest = 3;
    private const int WidestPart = 64;

    // Levels per pixel within this many lines behind it tell how much neighbouring lines differ in this picture.
    private const int LinesBehind = 4;
    private const int SmallestSide = 4 * (Widest + LinesBehind);

    // A line differs from the one behind it at least so many times as much, and by so many levels on average.
    private const double Contrast = 3;
    private const double LeastStep = 2;

    /// <summary>The picture as it would be without such lines on the sides that grow: they repeat what is behind them.</summary>
    /// <param name="picture">The picture; it is left as it was.</param>
    /// <param name="canvas">Where it lies.</param>
    /// <returns>The picture itself where there are none.</returns>
    public static RgbImage Without(RgbImage picture, CanvasGeometry canvas)
    {
        (int Band, Side Side)[] sides =
        [
            (canvas.Left, Side.Left(picture)), (canvas.Right, Side.Right(picture)),
            (canvas.Top, Side.Top(picture)), (canvas.Bottom, Side.Bottom(picture)),
        ];
        (Side Side, int Width)[] lines =
            [.. sides.Where(side => side.Band > 0).Select(side => (side.Side, Width: Measure(picture, side.Side))).Where(line => line.Width > 0)];
        if (lines.Length == 0)
            return picture;
        var without = new RgbImage(picture.Width, picture.Height, [.. picture.Pixels]);
        foreach ((Side side, int width) in lines)
            Replace(without.Pixels, side, width);
        return without;
    }

    // How many of the outermost lines of pixels do not belong to the rest.
    private static int Measure(RgbImage picture, Side side)
    {
        int shortSide = Math.Min(picture.Width, picture.Height), width = Math.Max(Widest, shortSide / WidestPart);
        if (shortSide < SmallestSide)
            return 0;
        double[] steps = [.. Enumerable.Range(0, width + LinesBehind).Select(line => Step(picture.Pixels, side, line))];
        while (width > 0 && steps[width - 1] < Math.Max(LeastStep, Contrast * steps[width..(width + LinesBehind)].Average()))
            width--;
        return width;
    }

    // How many levels a line and the next differ by on average.
    private static double Step(byte[] pixels, Side side, int line)
    {
        long sum = 0;
        for (int at = side.First + (line * side.Inwards), i = 0; i < side.Length; i++, at += side.Along)
        {
            for (int channel = 0; channel < 3; channel++)
                sum += Math.Abs(pixels[at + channel] - pixels[at + side.Inwards + channel]);
        }
        return sum / (3.0 * side.Length);
    }

    private static void Replace(byte[] pixels, Side side, int width)
    {
        for (int at = side.First, i = 0; i < side.Length; i++, at += side.Along)
        {
            for (int line = 0; line < width; line++)
                pixels.AsSpan(at + (width * side.Inwards), 3).CopyTo(pixels.AsSpan(at + (line * side.Inwards)));
        }
    }

    // A side of a picture, by indices into its pixels: the first of the side, the step to the next, and to the next line inwards.
    private readonly record struct Side(int First, int Along, int Inwards, int Length)
    {
        public static Side Left(RgbImage picture) => new(0, picture.Width * 3, 3, picture.Height);

        public static Side Right(RgbImage picture) => new((picture.Width - 1) * 3, picture.Width * 3, -3, picture.Height);

        public static Side Top(RgbImage picture) => new(0, 3, picture.Width * 3, picture.Width);

        public static Side Bottom(RgbImage picture) => new((picture.Height - 1) * picture.Width * 3, 3, -picture.Width * 3, picture.Width);
    }
}
