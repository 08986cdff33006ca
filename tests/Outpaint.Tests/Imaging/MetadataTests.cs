using System.Text;
using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public class MetadataTests
{
    private static readonly byte[] Xmp =
        [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><a tiff:Orientation=\"6\">a caption</a></x:xmpmeta>"u8];

    [Theory, InlineData(".jpg"), InlineData(".webp"), InlineData(".png")]
    public void Camera_profile_and_caption_survive_extending(string extension)
    {
        using var folder = new TemporaryFolder();
        byte[] jpeg = Pictures.Encode(Pictures.Scene(24, 16), ".jpg");
        jpeg = Pictures.InsertJpegSegment(jpeg, 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. IccProfile.WideRgb()]);
        jpeg = Pictures.InsertJpegSegment(jpeg, 0xE1, Xmp);
        jpeg = Pictures.InsertJpegSegment(jpeg, 0xE1, Pictures.Exif(6));
        using Photo source = Photo.FromBytes(jpeg);
        string first = folder.File("first" + extension), second = folder.File("second" + extension);
        source.Save(first);
        using Photo again = Photo.Load(first);
        using Photo extended = again.Extend(Pictures.Scene(32, 40), 8, 8);
        extended.Save(second);

        // A JPEG holds them as they are, the other formats may compress them.
        using Photo saved = Photo.Load(second);
        saved.Save(folder.File("last.jpg"));
        string bytes = Encoding.Latin1.GetString(File.ReadAllBytes(folder.File("last.jpg")));
        Assert.Equal((32, 40), (saved.Width, saved.Height));
        Assert.Contains("a caption", bytes);
        Assert.Contains("mntrRGB XYZ", bytes);
        Assert.Contains("Ace\0", bytes);
        Assert.Contains("tiff:Orientation=\"1\"", bytes);
        Assert.Contains(Encoding.Latin1.GetString([.. Pictures.ExifWidth, 32, 0, 0, 0]), bytes);
    }

    [Fact]
    public void Text_of_a_png_survives()
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(PngFile.Encode(2, 2, PngFile.Grey, 8, [1, 2, 3, 4], PngFile.Text("Title", "Two by two")));
        using Photo extended = source.Extend(Pictures.Plain(4, 4, 9, 9, 9), 1, 1);
        extended.Save(folder.File("out.png"));
        byte[] text = new PngReader(folder.File("out.png")).Chunks.Single(chunk => chunk.Name == "zTXt").Data;
        Assert.Equal("Title\0", Encoding.Latin1.GetString(text, 0, 6));
    }
}
