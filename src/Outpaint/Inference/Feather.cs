using Outpaint.Imaging;

namespace Outpaint.Inference;

/// <summary>
/// A soft edge inside the picture: the outer pixels are taken for unknown and filled, too, so that the fill goes on
/// under them, and the picture fades out over it. There is no border left to see, at the price of changed pixels.
/// </summary>
public static class Feather
{
    /// <summary>How much of the picture shows: 255 is all of it, and so it is wherever nothing is added beside.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="width">Over how many pixels the picture fades out.</param>
    /// <returns>SourceWidth * SourceHeight values, row by row from the top.</returns>
    public static byte[] Opacity(CanvasGeometry canvas, int width)
    {
        double[] across = Ramp(canvas.SourceWidth, canvas.Left > 0, canvas.Right > 0, width);
        double[] down = Ramp(canvas.SourceHeight, canvas.Top > 0, canvas.Bottom > 0, width);
        var opacity = new byte[canvas.SourceWidth * canvas.SourceHeight];
        for (int y = 0, i = 0; y < down.Length; y++)
        {
            for (int x = 0; x < across.Length; x++)
                opacity[i++] = (byte)Math.Round(across[x] * down[y] * byte.MaxValue);
        }
        return opacity;
    }

    /// <summary>Refuses what leaves too little of the picture.</summary>
    /// <exception cref="OutpaintException">The feather is wider than a quarter of the picture.</exception>
    public static void Check(CanvasGeometry canvas, int width)
    {
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

    // From 0 to 1 over the width, smooth at both ends.
    private static double[] Ramp(int length, bool fromStart, bool toEnd, int width)
    {
        var ramp = new double[length];
        for (int i = 0; i < length; i++)
        {
            int distance = Math.Min(fromStart ? i : width, toEnd ? length - 1 - i : width);
            double t = distance >= width ? 1 : (distance + 0.5) / width;
            ramp[i] = t * t * (3 - (2 * t));
        }
        return ramp;
    }
}
