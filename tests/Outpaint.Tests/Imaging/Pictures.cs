using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

/// <summary>Pictures for tests, and ways to look into files.</summary>
internal static class Pictures
{
    /// <summary>Smooth colours that differ everywhere, with fine grain.</summary>
    public static RgbImage Scene(int width, int height, int seed = 1)
    {
        var random = new Random(seed);
        var image = new RgbImage(width, height);
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                image.Pixels[i++] = (byte)(30 + 190 * x / width + random.Next(8));
                image.Pixels[i++] = (byte)(30 + 190 * y / height + random.Next(8));
                image.Pixels[i++] = (byte)(200 - 150 * (x + y) / (width + height) + random.Next(8));
            }
        }
        return image;
    }

    public static RgbImage Plain(int width, int height, byte red, byte green, byte blue)
    {
        var image = new RgbImage(width, height);
        for (int i = 0; i < image.Pixels.Length; i += 3)
            (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]) = (red, green, blue);
        return image;
    }

    /// <summary>A grey picture with so many soft waves across it: too uneven for a plain ground, which would go on as it is. In its middle it is the grey.</summary>
    public static RgbImage Waves(int width, int height, byte grey, int columns, int rows)
    {
        var image = new RgbImage(width, height);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            double x = ((i / 3 % width) + 0.5) / width, y = ((i / 3 / width) + 0.5) / height;
            image.Pixels[i] = (byte)Math.Round(grey + (6 * Math.Sin(Math.Tau * columns * (x - 0.5))) + (6 * Math.Sin(Math.Tau * rows * (y - 0.5))));
        }
        return image;
    }

    public static (byte Red, byte Green, byte Blue) At(RgbImage image, int x, int y)
    {
        int i = (y * image.Width + x) * 3;
        return (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]);
    }

    public static RgbImage Crop(RgbImage image, int left, int top, int width, int height)
    {
        var crop = new RgbImage(width, height);
        for (int y = 0; y < height; y++)
            image.Pixels.AsSpan(((top + y) * image.Width + left) * 3, width * 3).CopyTo(crop.Pixels.AsSpan(y * width * 3));
        return crop;
    }

    /// <summary>What a camera held that way stores: the inverse of EXIF 2.3, tag 0x0112.</summary>
    public static RgbImage Stored(RgbImage upright, ushort orientation)
    {
        int width = upright.Width, height = upright.Height;
        var stored = orientation >= 5 ? new RgbImage(height, width) : new RgbImage(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (int sx, int sy) = orientation switch
                {
                    1 => (x, y),
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, width - 1 - x),
                    7 => (height - 1 - y, width - 1 - x),
                    _ => (height - 1 - y, x),
                };
                upright.Pixels.AsSpan((y * width + x) * 3, 3).CopyTo(stored.Pixels.AsSpan((sy * stored.Width + sx) * 3));
            }
        }
        return stored;
    }

    /// <summary>An image encoded in the format of an extension.</summary>
    public static byte[] Encode(RgbImage image, string extension, int? quality = null)
    {
        using var folder = new TemporaryFolder();
        string png = folder.File("picture.png"), path = folder.File("encoded" + extension);
        Photo.SavePng(image, png);
        using Photo photo = Photo.Load(png);
        photo.Save(path, new SaveOptions { Quality = quality });
        return File.ReadAllBytes(path);
    }

    /// <summary>Puts a marker segment right after a JPEG's start.</summary>
    public static byte[] InsertJpegSegment(byte[] jpeg, byte marker, byte[] data)
    {
        int length = data.Length + 2;
        return [.. jpeg.AsSpan(0, 2), 0xFF, marker, (byte)(length >> 8), (byte)length, .. data, .. jpeg.AsSpan(2)];
    }

    /// <summary>An EXIF block with a camera maker, an orientation and a width of 24 pixels.</summary>
    public static byte[] Exif(ushort orientation) =>
    [
        .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, // little-endian; the directory follows
        3, 0,
        0x0F, 0x01, 2, 0, 4, 0, 0, 0, (byte)'A', (byte)'c', (byte)'e', 0, // Make
        0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
        0x69, 0x87, 4, 0, 1, 0, 0, 0, 50, 0, 0, 0, // Exif directory
        0, 0, 0, 0,
        1, 0,
        .. ExifWidth, 24, 0, 0, 0,
        0, 0, 0, 0,
    ];

    /// <summary>The tag of the width, in front of its value.</summary>
    public static byte[] ExifWidth => [0x02, 0xA0, 4, 0, 1, 0, 0, 0];

    public static double MeanDifference(RgbImage a, RgbImage b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        return a.Pixels.Zip(b.Pixels, (x, y) => Math.Abs(x - y)).Average();
    }
}
