using Outpaint.Imaging;
using Outpaint.Inference.Seam;

namespace Outpaint.Inference;

/// <summary>
/// A soft edge inside the picture: the outer pixels are taken for unknown and filled, too, so that the fill goes on
/// under them, and the picture fades out over it. There is no border left to see, at the price of changed pixels.
/// </summary>
public static class Feather
{
    /// <summary>
    /// How much of the picture shows: 255 is all of it, and so it is wherever nothing is added beside. Of a frame that is
    /// narrower than the feather nothing shows (docs/resolution.md, edge lines).
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="canvas">Where it lies.</param>
    /// <param name="width">Over how many pixels the picture fades out.</param>
    /// <returns>SourceWidth * SourceHeight values, row by row from the top.</returns>
    internal static byte[] Opacity(RgbImage picture, CanvasGeometry canvas, int width)
    {
        (int left, int top, int right, int bottom) = EdgeLines.Widths(picture, canvas);
        double[] fromLeft = Ramp(canvas.SourceWidth, canvas.Left > 0 ? width : 0, left);
        double[] fromRight = Ramp(canvas.SourceWidth, canvas.Right > 0 ? width : 0, right);
        double[] fromTop = Ramp(canvas.SourceHeight, canvas.Top > 0 ? width : 0, top);
        double[] fromBottom = Ramp(canvas.SourceHeight, canvas.Bottom > 0 ? width : 0, bottom);
        var opacity = new byte[canvas.SourceWidth * canvas.SourceHeight];
        for (int y = 0, i = 0; y < canvas.SourceHeight; y++)
        {
            double down = Math.Min(fromTop[y], fromBottom[^(y + 1)]);
            for (int x = 0; x < canvas.SourceWidth; x++)
                opacity[i++] = (byte)Math.Round(Math.Min(fromLeft[x], fromRight[^(x + 1)]) * down * byte.MaxValue);
        }
        return opacity;
    }

    /// <summary>
    /// The feather that leaves out a frame, or a line along a side, that would be seen in the middle of the result: twice as wide.
    /// 0 where there is none.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="canvas">Where it lies.</param>
    /// <exception cref="ArgumentException">The canvas is for a picture of another size.</exception>
    public static int ForFrame(RgbImage picture, CanvasGeometry canvas)
    {
        canvas.RequireFor(picture.Width, picture.Height);
        (int left, int top, int right, int bottom) = EdgeLines.Widths(picture, canvas, seen: true);
        return 2 * Math.Max(Math.Max(left, right), Math.Max(top, bottom));
    }

    /// <summary>Refuses what leaves too little of the picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feather is negative.</exception>
    /// <exception cref="OutpaintException">The feather is wider than a quarter of the picture.</exception>
    public static void Check(CanvasGeometry canvas, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        if (width > Math.Min(canvas.SourceWidth, canvas.SourceHeight) / 4)
            throw new OutpaintException($"a feather of {width} pixels is wider than a quarter of the picture of {canvas.SourceWidth} x {canvas.SourceHeight} pixels; give a smaller one.");
    }

    /// <summary>The same canvas around what of the picture shows fully.</summary>
    /// <inheritdoc cref="Check" path="/exception"/>
    internal static CanvasGeometry Inner(CanvasGeometry canvas, int width)
    {
        Check(canvas, width);
        int left = canvas.Left > 0 ? width : 0, right = canvas.Right > 0 ? width : 0;
        int top = canvas.Top > 0 ? width : 0, bottom = canvas.Bottom > 0 ? width : 0;
        return new CanvasGeometry(
            canvas.SourceWidth - left - right, canvas.SourceHeight - top - bottom,
            canvas.Width, canvas.Height, canvas.Left + left, canvas.Top + top);
    }

    /// <summary>What of the picture shows fully.</summary>
    internal static RgbImage Crop(RgbImage picture, CanvasGeometry canvas, CanvasGeometry inner)
    {
        var crop = new RgbImage(inner.SourceWidth, inner.SourceHeight);
        for (int row = 0; row < crop.Height; row++)
        {
            int start = ((row + inner.Top - canvas.Top) * picture.Width) + inner.Left - canvas.Left;
            picture.Pixels.AsSpan(start * 3, crop.Width * 3).CopyTo(crop.Pixels.AsSpan(row * crop.Width * 3));
        }
        return crop;
    }

    // From 0 to 1 over the width, smooth at both ends; 0 over a frame that is narrower.
    private static double[] Ramp(int length, int width, int frame)
    {
        int hidden = frame < width ? frame : 0;
        var ramp = new double[length];
        for (int i = 0; i < length; i++)
        {
            double t = i < hidden ? 0 : i >= width ? 1 : (i - hidden + 0.5) / (width - hidden);
            ramp[i] = t * t * (3 - (2 * t));
        }
        return ramp;
    }
}
