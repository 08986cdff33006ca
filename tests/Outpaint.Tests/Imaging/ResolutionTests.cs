using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

/// <summary>A fax has other dots across than down. Where it is turned by a quarter, they change places.</summary>
public class ResolutionTests
{
    private const ushort XResolution = 282, YResolution = 283;

    [Theory, InlineData(3, 204, 98), InlineData(6, 98, 204), InlineData(8, 98, 204)]
    public void The_resolution_in_exif_turns_with_the_picture(ushort orientation, int across, int down)
    {
        using Photo source = Photo.FromBytes(Pictures.InsertJpegSegment(Pictures.Encode(Pictures.Scene(24, 16), ".jpg"), 0xE1, [.. "Exif\0\0"u8, .. Exif(orientation)]));
        byte[] saved = source.ToBytes(".tif");
        Assert.Equal([across], TiffFields.Numbers(saved, XResolution));
        Assert.Equal([down], TiffFields.Numbers(saved, YResolution));

        using Photo again = Photo.FromBytes(saved);
        using Photo extended = again.Extend(new RgbImage(40, 40), 0, 0);
        Assert.Equal([across], TiffFields.Numbers(extended.ToBytes(".tif"), XResolution));
    }

    [Theory, InlineData(3, 204, 98, false), InlineData(6, 98, 204, false), InlineData(6, 98, 204, true)]
    public void The_resolution_of_a_jpeg_turns_with_the_picture(ushort orientation, byte across, byte down, bool strip)
    {
        byte[] jpeg = Pictures.InsertJpegSegment(Pictures.Encode(Pictures.Scene(24, 16), ".jpg"), 0xE1, Pictures.Exif(orientation));
        using Photo source = Photo.FromBytes(Pictures.InsertJpegSegment(jpeg, 0xE0, [.. "JFIF\0"u8, 1, 2, 2, 0, 204, 0, 98, 0, 0]));
        byte[] saved = source.ToBytes(".jpg", new SaveOptions { Strip = strip });
        Assert.NotEqual(-1, saved.AsSpan().IndexOf((byte[])[.. "JFIF\0"u8, 1, 2, 2, 0, across, 0, down]));
        Assert.Equal(Resolution(100 * across, 100 * down), ResolutionOf(source.ToBytes(".png")));
    }

    [Theory, InlineData(3, 204, 98), InlineData(6, 98, 204)]
    public void The_resolution_of_a_png_turns_with_the_picture(ushort orientation, int across, int down)
    {
        byte[] png = PngFile.Encode(2, 2, PngFile.Grey, 8, [1, 2, 3, 4], ("pHYs", Resolution(204, 98)), ("eXIf", Exif(orientation)));
        using Photo source = Photo.FromBytes(png);
        Assert.Equal(Resolution(across, down), ResolutionOf(source.ToBytes(".png")));
    }

    [Theory, InlineData(".jpg"), InlineData(".webp"), InlineData(".avif"), InlineData(".heic"), InlineData(".tif")]
    public void The_resolution_goes_over_to_other_formats_beside_exif_that_tells_none(string extension)
    {
        byte[] exif = Pictures.Exif(1)[6..]; // without its name
        byte[] png = PngFile.Encode(64, 64, PngFile.Grey, 8, new byte[64 * 64], ("pHYs", Resolution(20400, 9800)), ("eXIf", exif));
        using Photo source = Photo.FromBytes(png);
        byte[] saved = source.ToBytes(extension);
        Assert.NotEqual(-1, saved.AsSpan().IndexOf("Ace\0"u8));
        using Photo again = Photo.FromBytes(saved);
        Assert.Equal(Resolution(20400, 9800), ResolutionOf(again.ToBytes(".png")));
    }

    [Theory, InlineData(".jpg", false), InlineData(".jpg", true), InlineData(".webp", false), InlineData(".webp", true), InlineData(".avif", true), InlineData(".tif", true)]
    public void The_resolution_stays_without_other_metadata(string extension, bool inExif)
    {
        byte[] jpeg = Pictures.Encode(Pictures.Scene(24, 16), ".jpg");
        using Photo source = Photo.FromBytes(inExif
            ? Pictures.InsertJpegSegment(jpeg, 0xE1, [.. "Exif\0\0"u8, .. Exif(6)])
            : Pictures.InsertJpegSegment(jpeg, 0xE0, [.. "JFIF\0"u8, 1, 2, 1, 0, 98, 0, 204, 0, 0]));
        using Photo again = Photo.FromBytes(source.ToBytes(extension, new SaveOptions { Strip = true }));
        Assert.Equal(Resolution(3858, 8031), ResolutionOf(again.ToBytes(".png")));
    }

    [Theory, InlineData(98, 204, 1, 98, 204), InlineData(127, 254, 2, 50, 100)]
    public void Dots_per_inch_stay_whole_in_a_jpeg(byte across, byte down, byte unit, byte storedAcross, byte storedDown)
    {
        byte[] exif = Exif(6);
        (exif[50], exif[58]) = (down, across);
        using Photo source = Photo.FromBytes(Pictures.InsertJpegSegment(Pictures.Encode(Pictures.Scene(24, 16), ".jpg"), 0xE1, [.. "Exif\0\0"u8, .. exif]));
        byte[] saved = source.ToBytes(".jpg", new SaveOptions { Strip = true });
        Assert.NotEqual(-1, saved.AsSpan().IndexOf((byte[])[.. "JFIF\0"u8, 1, 2, unit, 0, storedAcross, 0, storedDown]));
    }

    // Pixels per metre.
    private static byte[] Resolution(int across, int down) => [0, 0, (byte)(across >> 8), (byte)across, 0, 0, (byte)(down >> 8), (byte)down, 1];

    private static byte[] ResolutionOf(byte[] png)
    {
        int start = png.AsSpan().IndexOf("pHYs"u8) + 4;
        return png[start..(start + 9)];
    }

    // 204 by 98 dots per inch.
    private static byte[] Exif(ushort orientation) =>
    [
        .. "II*\0"u8, 8, 0, 0, 0,
        3, 0,
        0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
        0x1A, 0x01, 5, 0, 1, 0, 0, 0, 50, 0, 0, 0,
        0x1B, 0x01, 5, 0, 1, 0, 0, 0, 58, 0, 0, 0,
        0, 0, 0, 0,
        204, 0, 0, 0, 1, 0, 0, 0,
        98, 0, 0, 0, 1, 0, 0, 0,
    ];
}
