using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

/// <summary>A fax has other dots across than down. Where it is turned by a quarter, they change places.</summary>
public class ResolutionTests
{
    private const ushort XResolution = 282, YResolution = 283, ResolutionUnit = 296;

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

    [Theory]
    [InlineData("jfif"), InlineData("jfif", ".jpg", true), InlineData("jfif", ".tif", true), InlineData("jfif", ".png"), InlineData("jfif", ".webp", true), InlineData("jfif", ".avif")]
    [InlineData("exif"), InlineData("exif", ".jpg", true), InlineData("exif", ".tif", true), InlineData("exif", ".png"), InlineData("exif", ".webp", true)]
    [InlineData("png"), InlineData("png", ".jpg", true), InlineData("png", ".tif"), InlineData("png", ".png", true), InlineData("png", ".heic", true)]
    public void A_density_without_a_unit_stays_one(string kind, string extension = ".jpg", bool strip = false)
    {
        using Photo source = Photo.FromBytes(WithoutUnit(kind, 204, 98));
        byte[] saved = source.ToBytes(extension, new SaveOptions { Strip = strip });
        using Photo again = Photo.FromBytes(saved);
        Assert.Equal(Resolution(204, 98, unit: 0), ResolutionOf(again.ToBytes(".png")));
        byte[] tiff = again.ToBytes(".tif");
        Assert.Equal([204, 98, 1], new[] { XResolution, YResolution, ResolutionUnit }.SelectMany(tag => TiffFields.Numbers(tiff, tag)));
        Assert.NotEqual(-1, again.ToBytes(".jpg", new SaveOptions { Strip = true }).AsSpan().IndexOf((byte[])[.. "JFIF\0"u8, 1, 2, 0, 0, 204, 0, 98]));
    }

    [Theory, InlineData("jfif"), InlineData("exif"), InlineData("png")]
    public void Square_pixels_of_no_size_are_no_resolution(string kind)
    {
        using Photo source = Photo.FromBytes(WithoutUnit(kind, 204, 204));
        Assert.Empty(TiffFields.Numbers(source.ToBytes(".tif", new SaveOptions { Strip = true }), XResolution));
    }

    [Fact]
    public void A_density_without_a_unit_turns_with_the_picture()
    {
        byte[] jpeg = Pictures.InsertJpegSegment(WithoutUnit("jfif", 204, 98), 0xE1, Pictures.Exif(6));
        using Photo source = Photo.FromBytes(jpeg);
        Assert.Equal(Resolution(98, 204, unit: 0), ResolutionOf(source.ToBytes(".png")));
    }

    private static byte[] WithoutUnit(string kind, byte across, byte down)
    {
        byte[] jpeg = Pictures.Encode(Pictures.Scene(64, 64), ".jpg");
        switch (kind)
        {
            case "jfif":
                return Pictures.InsertJpegSegment(jpeg, 0xE0, [.. "JFIF\0"u8, 1, 2, 0, 0, across, 0, down, 0, 0]);
            case "exif":
                byte[] exif = Exif(1);
                (exif[10], exif[11], exif[18], exif[50], exif[58]) = (0x28, 0x01, 1, across, down); // the unit in place of the orientation
                return Pictures.InsertJpegSegment(jpeg, 0xE1, [.. "Exif\0\0"u8, .. exif]);
            default:
                return PngFile.Encode(64, 64, PngFile.Grey, 8, new byte[64 * 64], ("pHYs", Resolution(across, down, unit: 0)));
        }
    }

    // Pixels per metre.
    private static byte[] Resolution(int across, int down, byte unit = 1) => [0, 0, (byte)(across >> 8), (byte)across, 0, 0, (byte)(down >> 8), (byte)down, unit];

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
