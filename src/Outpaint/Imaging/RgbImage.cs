namespace Outpaint.Imaging;

/// <summary>A picture in memory, red, green and blue in 8 bits: sRGB, as the model and the training data see it, unless said otherwise.</summary>
public sealed class RgbImage
{
    /// <summary>A black picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1 pixel, or the picture larger than 2 GB.</exception>
    public RgbImage(int width, int height)
        : this(width, height, new byte[PixelBytes(width, height)])
    {
    }

    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="pixels">Interleaved red, green, blue in 0..255, row by row from the top: width * height * 3 bytes.</param>
    /// <exception cref="ArgumentException">The array does not hold exactly that many bytes.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        int expected = PixelBytes(width, height);
        if (pixels.Length != expected)
            throw new ArgumentException($"{width} x {height} pixels take {expected} bytes, not {pixels.Length}.", nameof(pixels));
        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Interleaved red, green, blue in 0..255, row by row from the top.</summary>
    public byte[] Pixels { get; }

    /// <summary>A copy of another size in pixels: Lanczos when it shrinks, bicubic when it grows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1 pixel, or the copy larger than 2 GB.</exception>
    /// <exception cref="PictureException">There is not enough memory for it.</exception>
    public RgbImage Resize(int width, int height) => NativePhoto.Resize(this, width, height);

    /// <summary>Lays another picture over this one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit there.</exception>
    internal void Paste(RgbImage picture, int left, int top)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(left, Width - picture.Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, Height - picture.Height);
        for (int y = 0; y < picture.Height; y++)
            picture.Pixels.AsSpan(y * picture.Width * 3, picture.Width * 3).CopyTo(Pixels.AsSpan((((top + y) * Width) + left) * 3, picture.Width * 3));
    }

    private static int PixelBytes(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        long bytes = 3L * width * height;
        return bytes <= Array.MaxLength ? (int)bytes : throw new ArgumentOutOfRangeException(nameof(width), width, $"{width} x {height} pixels take more than the {Array.MaxLength} bytes of an array.");
    }
}
