using System.Text;
using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

/// <summary>A place in a picture that can be found again in the pixels, in pixels.</summary>
internal sealed record RedBox(int Left, int Top, int Width, int Height)
{
    /// <summary>An upright picture with the box in it, not in its middle.</summary>
    public static RgbImage Picture()
    {
        RgbImage upright = Pictures.Plain(48, 32, 90, 90, 90);
        for (int y = 20; y < 26; y++)
        {
            for (int x = 6; x < 16; x++)
                (upright.Pixels[((y * upright.Width) + x) * 3], upright.Pixels[(((y * upright.Width) + x) * 3) + 1]) = (250, 0);
        }
        return upright;
    }

    /// <summary>Where the box is in a picture.</summary>
    public static RedBox Find(RgbImage image)
    {
        var red = from y in Enumerable.Range(0, image.Height)
                  from x in Enumerable.Range(0, image.Width)
                  let colour = Pictures.At(image, x, y)
                  where colour.Red - colour.Green > 100
                  select (X: x, Y: y);
        (int X, int Y)[] places = [.. red];
        int left = places.Min(place => place.X), top = places.Min(place => place.Y);
        return new RedBox(left, top, places.Max(place => place.X) + 1 - left, places.Max(place => place.Y) + 1 - top);
    }

    /// <summary>The picture on a canvas of 80 x 60, and where the box is in it.</summary>
    public static (byte[] Extended, RedBox Box) Extend(byte[] jpeg)
    {
        using Photo photo = Photo.FromBytes(jpeg);
        using Photo extended = photo.Extend(Pictures.Plain(80, 60, 90, 90, 90), 20, 12);
        byte[] saved = extended.ToBytes(".jpg", new SaveOptions { Quality = 100 });
        using Photo again = Photo.FromBytes(saved);
        return (saved, Find(again.ToRgb()));
    }

    /// <summary>A JPEG with an XMP packet.</summary>
    public static byte[] WithXmp(byte[] jpeg, string xmp) =>
        Pictures.InsertJpegSegment(jpeg, 0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(xmp)]);
}
