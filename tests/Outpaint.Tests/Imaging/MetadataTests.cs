using System.Text;
using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public class MetadataTests
{
    private const string DigitalSourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";

    private static readonly string Xmp =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        + "<rdf:Description rdf:about='' xmlns:tiff='http://ns.adobe.com/tiff/1.0/' xmlns:a='http://ns.example.com/'"
        + " tiff:Orientation='6' tiff:ImageWidth='24' a:caption='a caption'/></rdf:RDF></x:xmpmeta>";

    [Theory, InlineData(".jpg"), InlineData(".webp"), InlineData(".png"), InlineData(".tif"), InlineData(".avif"), InlineData(".heic")]
    public void Camera_profile_and_caption_survive_extending(string extension)
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(Jpeg(Pictures.Exif(6)));
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
        Assert.Contains("a:caption=\"a caption\"", bytes);
        Assert.Contains("mntrRGB XYZ", bytes);
        Assert.Contains("Ace\0", bytes);
        Assert.Contains("tiff:Orientation=\"1\"", bytes);
        Assert.Contains("tiff:ImageWidth=\"32\"", bytes);
        Assert.Contains(Encoding.Latin1.GetString([.. Pictures.ExifWidth, 32, 0, 0, 0]), bytes);
    }

    [Fact]
    public void The_profile_of_a_png_keeps_its_name()
    {
        using var folder = new TemporaryFolder();
        (string name, byte[] profile) = PngFile.Profile(IccProfile.WideRgb());
        using Photo source = Photo.FromBytes(PngFile.Encode(1, 1, PngFile.Rgb, 8, [1, 2, 3], (name, profile)));
        foreach (bool strip in new[] { false, true })
        {
            source.Save(folder.File("out.png"), new SaveOptions { Strip = strip });
            Assert.Equal(profile, new PngReader(folder.File("out.png")).Chunks.Single(chunk => chunk.Name == name).Data);
        }
    }

    [Theory, InlineData(".jpg"), InlineData(".webp"), InlineData(".png"), InlineData(".tif"), InlineData(".avif"), InlineData(".heic")]
    public void An_extended_picture_says_so_and_another_does_not(string extension)
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(Pictures.Encode(Pictures.Scene(24, 16), ".png"));
        using Photo extended = source.Extend(Pictures.Scene(32, 40), 8, 8);
        source.Save(folder.File("source" + extension));
        extended.Save(folder.File("extended" + extension));
        Assert.DoesNotContain(DigitalSourceType, Latin(folder.File("source" + extension)));
        Assert.Contains(DigitalSourceType, Latin(folder.File("extended" + extension)));
        Assert.Contains("CreatorTool=\"Outpaint ", Latin(folder.File("extended" + extension)));
    }

    [Fact]
    public void The_software_is_named_and_the_first_one_remembered()
    {
        using var folder = new TemporaryFolder();
        byte[] exif = ExifFile.Block([ExifFile.Text(0x131, "Camera 1.0")], null, null);
        using Photo source = Photo.FromBytes(Jpeg(exif));
        using Photo extended = source.Extend(Pictures.Scene(32, 40), 8, 8);
        extended.Save(folder.File("out.jpg"));
        string bytes = Latin(folder.File("out.jpg"));
        Assert.Contains("Outpaint 0", bytes[..bytes.IndexOf("<x:xmpmeta", StringComparison.Ordinal)]);
        Assert.Contains("CreatorTool=\"Camera 1.0\"", bytes);
    }

    [Fact]
    public void A_makers_notes_stay_where_they_were()
    {
        using var folder = new TemporaryFolder();
        byte[] notes = [.. Enumerable.Range(0, 99).Select(i => (byte)(i + 100))];
        byte[] exif = ExifFile.Block([ExifFile.Text(0x10F, "Ace")], notes, null);
        using Photo source = Photo.FromBytes(Jpeg(exif));
        using Photo extended = source.Extend(Pictures.Scene(32, 40), 8, 8);
        extended.Save(folder.File("out.jpg"));
        byte[] file = File.ReadAllBytes(folder.File("out.jpg"));
        int before = exif.AsSpan().IndexOf(notes) - exif.AsSpan().IndexOf("II*"u8), after = file.AsSpan().IndexOf(notes) - file.AsSpan().IndexOf("II*"u8);
        Assert.Equal(before, after);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_thumbnail_shows_the_whole_new_picture(bool withSoftware)
    {
        using var folder = new TemporaryFolder();
        byte[] old = Pictures.Encode(Pictures.Plain(32, 16, 200, 0, 0), ".jpg");
        byte[] exif = ExifFile.Block(withSoftware ? [ExifFile.Text(0x131, "Camera 1.0")] : [ExifFile.Text(0x10F, "Ace")], null, old);
        using Photo source = Photo.FromBytes(Jpeg(exif));
        using Photo extended = source.Extend(Pictures.Plain(100, 400, 0, 0, 200), 10, 10);
        extended.Save(folder.File("out.jpg"));

        byte[] file = File.ReadAllBytes(folder.File("out.jpg"));
        Assert.Equal(-1, file.AsSpan().IndexOf(old));
        int start = 2 + file.AsSpan(2).IndexOf((byte[])[0xFF, 0xD8, 0xFF]);
        using Photo thumbnail = Photo.FromBytes(file.AsSpan(start, file.AsSpan(start).IndexOf((byte[])[0xFF, 0xD9]) + 2));
        Assert.Equal((40, 160), (thumbnail.Width, thumbnail.Height));
        Assert.InRange(Pictures.At(thumbnail.ToRgb(), 20, 150).Blue, 190, 220);
    }

    [Theory, InlineData(".jpg"), InlineData(".webp"), InlineData(".png"), InlineData(".tif"), InlineData(".avif")]
    public void Stripping_leaves_colours_and_the_note_only(string extension)
    {
        using var folder = new TemporaryFolder();
        byte[] jpeg = Pictures.InsertJpegSegment(Jpeg(Pictures.Exif(1)), 0xFE, "a secret"u8.ToArray());
        using Photo source = Photo.FromBytes(jpeg);
        source.Save(folder.File("before" + extension));
        using Photo again = Photo.Load(folder.File("before" + extension));
        using Photo extended = again.Extend(Pictures.Scene(32, 40), 8, 8);
        extended.Save(folder.File("after" + extension), new SaveOptions { Strip = true });

        string bytes = Latin(folder.File("after" + extension));
        Assert.DoesNotContain("Ace", bytes);
        Assert.DoesNotContain("caption", bytes);
        Assert.DoesNotContain("secret", bytes);
        Assert.Contains(DigitalSourceType, bytes);
        using Photo stripped = Photo.Load(folder.File("after" + extension));
        stripped.Save(folder.File("last.jpg"));
        Assert.Contains("mntrRGB XYZ", Latin(folder.File("last.jpg")));
    }

    [Fact]
    public void Comments_and_makers_segments_of_a_jpeg_survive_but_not_what_hangs_on_its_pixels()
    {
        using var folder = new TemporaryFolder();
        byte[] jpeg = Jpeg(Pictures.Exif(1));
        foreach ((byte marker, string data) in new (byte, string)[] { (0xFE, "a comment"), (0xE5, "RMETA\0notes"), (0xE2, "MPF\0pages"), (0xEB, "JP signature") })
            jpeg = Pictures.InsertJpegSegment(jpeg, marker, Encoding.ASCII.GetBytes(data));
        using Photo source = Photo.FromBytes(jpeg);
        using Photo extended = source.Extend(Pictures.Scene(32, 40), 8, 8);
        extended.Save(folder.File("out.jpg"));
        string bytes = Latin(folder.File("out.jpg"));
        Assert.Contains("a comment", bytes);
        Assert.Contains("RMETA\0notes", bytes);
        Assert.DoesNotContain("pages", bytes);
        Assert.DoesNotContain("signature", bytes);
    }

    [Fact]
    public void The_preview_of_the_old_picture_in_a_jfif_segment_is_left_out()
    {
        using var folder = new TemporaryFolder();
        byte[] jfif = [.. "JFIF\0"u8, 1, 2, 1, 0, 72, 0, 72, 1, 2, .. "previe"u8];
        using Photo source = Photo.FromBytes(Pictures.InsertJpegSegment(Pictures.Encode(Pictures.Scene(24, 16), ".jpg"), 0xE0, jfif));
        using Photo extended = source.Extend(Pictures.Scene(32, 40), 8, 8);
        extended.Save(folder.File("out.jpg"));
        string bytes = Latin(folder.File("out.jpg"));
        Assert.Contains("JFIF\0\u0001\u0002\u0001\0H\0H\0\0", bytes);
        Assert.DoesNotContain("previe", bytes);
    }

    [Fact]
    public void A_packet_too_large_for_a_jpeg_that_cannot_be_split_makes_way_for_the_note()
    {
        using var folder = new TemporaryFolder();
        string large = Xmp.Replace("<rdf:Description", $"<a:x xmlns:a='{new string('.', 70_000)}'/><rdf:Description", StringComparison.Ordinal);
        byte[] text = [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(large)];
        using Photo source = Photo.FromBytes(PngFile.Encode(2, 2, PngFile.Grey, 8, [1, 2, 3, 4], ("iTXt", text)));
        using Photo extended = source.Extend(Pictures.Plain(4, 4, 9, 9, 9), 1, 1);
        extended.Save(folder.File("out.jpg"));
        string bytes = Latin(folder.File("out.jpg"));
        Assert.Contains(DigitalSourceType, bytes);
        Assert.DoesNotContain("a caption", bytes);
    }

    [Theory, InlineData(".jpg"), InlineData(".tif")]
    public void Iptc_survives_without_the_old_preview(string extension)
    {
        using var folder = new TemporaryFolder();
        byte[] resources = [.. Resource(0x0404, "the records"), .. Resource(0x040C, "the preview"), .. Resource(0x03ED, "resolution")];
        byte[] jpeg = Pictures.InsertJpegSegment(Jpeg(Pictures.Exif(1)), 0xED, [.. "Photoshop 3.0\0"u8, .. resources]);
        using Photo source = Photo.FromBytes(jpeg);
        using Photo extended = source.Extend(Pictures.Scene(32, 40), 8, 8);
        extended.Save(folder.File("out" + extension));
        string bytes = Latin(folder.File("out" + extension));
        Assert.Contains("the records", bytes);
        Assert.Contains("resolution", bytes);
        Assert.DoesNotContain("the preview", bytes);
    }

    [Fact]
    public void Iptc_of_a_jpeg_stands_alone_in_a_tiff_too()
    {
        const ushort iptc = 33723;
        byte[] resources = [.. Resource(0x03ED, "resolution"), .. Resource(0x0404, "the records")];
        using Photo source = Photo.FromBytes(Pictures.InsertJpegSegment(Jpeg(Pictures.Exif(1)), 0xED, [.. "Photoshop 3.0\0"u8, .. resources]));
        Assert.Equal("the records"u8.ToArray().Select(value => (long)value), TiffFields.Numbers(source.ToBytes(".tif"), iptc));
    }

    [Theory, InlineData(0), InlineData(1)]
    public void Iptc_beside_the_photoshop_resources_of_a_tiff_goes_over_to_a_jpeg(int missing)
    {
        const ushort iptc = 33723, photoshop = 34377;
        byte[] resources = Resource(0x03ED, "resolution."), records = Resource(0x0404, "the records");
        (ushort, byte[])[] blocks = [(iptc, "the records"u8.ToArray()), (photoshop, resources[..^missing])]; // the last one need not be padded
        using Photo source = Photo.FromBytes(TiffFile.Encode(24, 16, 3, 8, TiffFile.Rgb, Pictures.Scene(24, 16).Pixels, 1, blocks));
        byte[] jpeg = source.ToBytes(".jpg");
        Assert.NotEqual(-1, jpeg.AsSpan().IndexOf((byte[])[.. "Photoshop 3.0\0"u8, .. resources, .. records]));
    }

    [Fact]
    public void Iptc_that_the_photoshop_resources_hold_already_is_not_written_twice()
    {
        const ushort iptc = 33723, photoshop = 34377;
        byte[] resources = Resource(0x0404, "the records");
        (ushort, byte[])[] blocks = [(iptc, "the records"u8.ToArray()), (photoshop, resources)];
        using Photo source = Photo.FromBytes(TiffFile.Encode(24, 16, 3, 8, TiffFile.Rgb, Pictures.Scene(24, 16).Pixels, 1, blocks));
        Assert.Equal(2, Encoding.Latin1.GetString(source.ToBytes(".jpg")).Split("the records").Length);
    }

    [Fact]
    public void Damaged_metadata_is_left_out()
    {
        using var folder = new TemporaryFolder();
        byte[] exif = Pictures.Exif(1);
        exif[10] = 0xFF; // the first directory lies beyond the end
        byte[] jpeg = Pictures.InsertJpegSegment(Pictures.Encode(Pictures.Scene(24, 16), ".jpg"), 0xE1, exif);
        jpeg = Pictures.InsertJpegSegment(jpeg, 0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta unclosed"u8]);
        using Photo source = Photo.FromBytes(jpeg);
        using Photo extended = source.Extend(Pictures.Scene(32, 40), 8, 8);
        extended.Save(folder.File("out.jpg"));
        Assert.Contains(DigitalSourceType, Latin(folder.File("out.jpg")));
        Assert.DoesNotContain("unclosed", Latin(folder.File("out.jpg")));
    }

    [Theory]
    [InlineData("<rdf:Description rdf:about='' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>")]
    [InlineData("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Seq><rdf:Description/></rdf:Seq></rdf:RDF>")]
    public void A_packet_that_describes_nothing_makes_way_for_the_note(string content)
    {
        byte[] packet = Encoding.UTF8.GetBytes($"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{content}</x:xmpmeta>");
        byte[] jpeg = Pictures.InsertJpegSegment(Pictures.Encode(Pictures.Scene(24, 16), ".jpg"), 0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. packet]);
        using Photo source = Photo.FromBytes(jpeg);
        using Photo extended = source.Extend(Pictures.Scene(32, 40), 8, 8);
        Assert.Contains(DigitalSourceType, Encoding.Latin1.GetString(extended.ToBytes(".jpg")));
    }

    [Fact]
    public void Text_of_a_png_survives()
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(PngFile.Encode(2, 2, PngFile.Grey, 8, [1, 2, 3, 4], PngFile.Text("Title", "Two by two")));
        using Photo extended = source.Extend(Pictures.Plain(4, 4, 9, 9, 9), 1, 1);
        extended.Save(folder.File("out.png"));
        byte[] text = new PngReader(folder.File("out.png")).Chunks.Single(chunk => chunk.Name == "tEXt").Data;
        Assert.Equal("Title\0Two by two", Encoding.Latin1.GetString(text));
    }

    [Theory, InlineData(true, false), InlineData(true, true), InlineData(false, false)]
    public void Text_in_the_byte_order_of_exif_changes_it_along_in_a_tiff(bool bigEndian, bool inTiff)
    {
        byte[] big = [.. "UNICODE\0"u8, .. Encoding.BigEndianUnicode.GetBytes("A boat \u26f5")];
        byte[] little = [.. "UNICODE\0"u8, .. Encoding.Unicode.GetBytes("A boat \u26f5")];
        byte[] exif = [.. "Exif\0\0"u8, .. ExifFile.Comment(bigEndian, bigEndian ? big : little)];
        using Photo source = Photo.FromBytes(inTiff ? exif[6..] : Jpeg(exif));
        byte[] tiff = source.ToBytes(".tif");
        Assert.Equal("II"u8, tiff.AsSpan(0, 2));
        Assert.NotEqual(-1, tiff.AsSpan().IndexOf(little));
        Assert.Equal(-1, tiff.AsSpan().IndexOf(big));
    }

    private static byte[] Jpeg(byte[] exif)
    {
        byte[] jpeg = Pictures.Encode(Pictures.Scene(24, 16), ".jpg");
        jpeg = Pictures.InsertJpegSegment(jpeg, 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. IccProfile.WideRgb()]);
        jpeg = Pictures.InsertJpegSegment(jpeg, 0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(Xmp)]);
        return Pictures.InsertJpegSegment(jpeg, 0xE1, exif);
    }

    private static byte[] Resource(ushort number, string data) =>
        [.. "8BIM"u8, (byte)(number >> 8), (byte)number, 0, 0, 0, 0, 0, (byte)data.Length, .. Encoding.ASCII.GetBytes(data), .. new byte[data.Length & 1]];

    private static string Latin(string path) => Encoding.Latin1.GetString(File.ReadAllBytes(path));
}
