using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public class XmpTests
{
    private const string Panorama = "xmlns:GPano='http://ns.google.com/photos/1.0/panorama/' GPano:ProjectionType='equirectangular' GPano:FullPanoWidthPixels='100'"
        + " GPano:FullPanoHeightPixels='60' GPano:CroppedAreaLeftPixels='40' GPano:CroppedAreaTopPixels='20' GPano:CroppedAreaImageHeightPixels='16'";

    [Fact]
    public void What_tells_of_data_that_the_new_file_does_not_have_is_left_out()
    {
        string bytes = Extend(Jpeg(Packet(
            "xmlns:GCamera='http://ns.google.com/photos/1.0/camera/' xmlns:hdrgm='http://ns.adobe.com/hdr-gain-map/1.0/' xmlns:Container='http://ns.google.com/photos/1.0/container/'"
            + " GCamera:MotionPhoto='1' GCamera:MicroVideoOffset='4000' GCamera:BurstID='kept' hdrgm:Version='1.0'",
            "<Container:Directory><rdf:Seq><rdf:li>film</rdf:li></rdf:Seq></Container:Directory>")));
        Assert.Contains("GCamera:BurstID=\"kept\"", bytes);
        foreach (string gone in new[] { "MotionPhoto", "MicroVideo", "hdrgm:Version", "Container:Directory", "film" })
            Assert.DoesNotContain(gone, bytes);
    }

    [Fact]
    public void What_a_jpeg_has_in_an_extended_packet_is_kept_but_not_its_depth_map()
    {
        string extended = Packet("xmlns:GDepth='http://ns.google.com/photos/1.0/depthmap/' xmlns:a='http://ns.example.com/' GDepth:Data='depths'", $"<a:story>{Story(90_000)}</a:story>");
        byte[] jpeg = Jpeg(Packet($"xmlns:xmpNote='http://ns.adobe.com/xmp/note/' xmpNote:HasExtendedXMP='{Sum(extended)}'", ""), Parts(extended));
        foreach (string extension in new[] { ".jpg", ".png", ".webp" })
        {
            using Photo photo = Photo.FromBytes(jpeg);
            using Photo result = photo.Extend(Pictures.Scene(32, 40), 8, 8);
            using Photo again = Photo.FromBytes(result.ToBytes(extension));
            byte[] tiff = again.ToBytes(".tif"); // holds it as it is
            string bytes = Encoding.Latin1.GetString(tiff);
            Assert.Contains("<a:story>" + Story(90_000), bytes);
            Assert.DoesNotContain("depths", bytes);
            Assert.DoesNotContain("HasExtendedXMP", bytes);
        }
    }

    [Fact]
    public void An_extended_packet_is_named_by_its_sum_and_read_again()
    {
        string packet = Packet("xmlns:a='http://ns.example.com/' a:short='first'", $"<a:story>{Story(150_000)}</a:story><a:tale>{Story(70_000)}</a:tale><a:note>last</a:note>");
        byte[] png = PngFile.Encode(2, 2, PngFile.Grey, 8, [1, 2, 3, 4], ("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(packet)]));
        using Photo photo = Photo.FromBytes(png);
        byte[] jpeg = photo.ToBytes(".jpg");
        string bytes = Encoding.Latin1.GetString(jpeg), main = bytes[..bytes.IndexOf("xmp/extension", StringComparison.Ordinal)];
        Assert.Contains("a:short=\"first\"", main);
        Assert.Contains("<a:note>last</a:note>", main);
        Assert.DoesNotContain("tale", main);

        string sum = main.Split("HasExtendedXMP=\"")[1][..32];
        byte[] whole = [.. bytes.Split($"http://ns.adobe.com/xmp/extension/\0{sum}").Skip(1).SelectMany(part => ExtensionPart(Encoding.Latin1.GetBytes(part)))];
        Assert.Equal(sum, Sum(whole));
        Assert.Contains("<a:tale>", Encoding.UTF8.GetString(whole)); // under the prefix that it had
        using Photo again = Photo.FromBytes(jpeg);
        string tiff = Encoding.Latin1.GetString(again.ToBytes(".tif"));
        Assert.Contains(Story(150_000), tiff);
        Assert.Contains("a:short=\"first\"", tiff);

        // Behind the sum: the length of the whole, the place of the part, the part.
        static byte[] ExtensionPart(byte[] data) => data[8..(8 + (int)Math.Min(
            65_533 - 75, BinaryPrimitives.ReadUInt32BigEndian(data) - BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(4))))];
    }

    [Fact]
    public void Many_small_properties_are_split_in_no_time()
    {
        string many = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<a:p{i}>value</a:p{i}>"));
        byte[] png = PngFile.Encode(2, 2, PngFile.Grey, 8, [1, 2, 3, 4], ("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(Packet("xmlns:a='http://ns.example.com/'", many))]));
        using Photo photo = Photo.FromBytes(png);
        var watch = Stopwatch.StartNew();
        using Photo again = Photo.FromBytes(photo.ToBytes(".jpg"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
        string tiff = Encoding.Latin1.GetString(again.ToBytes(".tif"));
        Assert.Equal(20_001, tiff.Split(">value</a:p").Length);
    }

    [Theory, InlineData(0), InlineData(1)]
    public void An_extended_packet_with_a_part_missing_leaves_the_rest(int missing)
    {
        string extended = Packet("xmlns:a='http://ns.example.com/'", $"<a:story>{Story(90_000)}</a:story>");
        byte[][] parts = [.. Parts(extended)];
        string bytes = Extend(Jpeg(Packet(
            $"xmlns:xmpNote='http://ns.adobe.com/xmp/note/' xmlns:a='http://ns.example.com/' xmpNote:HasExtendedXMP='{Sum(extended)}' a:short='first'", ""), [parts[1 - missing]]));
        Assert.Contains("a:short=\"first\"", bytes);
        Assert.DoesNotContain("xmp/extension", bytes);
        Assert.DoesNotContain("HasExtendedXMP", bytes);
    }

    [Fact]
    public void An_extended_panorama_is_a_larger_part_of_the_sphere()
    {
        string bytes = Extend(Jpeg(Packet(Panorama + " GPano:CroppedAreaImageWidthPixels='24'", "")));
        foreach (string field in new[] { "CroppedAreaLeftPixels=\"32\"", "CroppedAreaTopPixels=\"12\"", "CroppedAreaImageWidthPixels=\"32\"", "CroppedAreaImageHeightPixels=\"40\"", "FullPanoWidthPixels=\"100\"" })
            Assert.Contains("GPano:" + field, bytes);
    }

    [Theory]
    [InlineData("GPano:CroppedAreaImageWidthPixels='12'")] // was made smaller since
    [InlineData("")]
    public void A_panorama_of_unknown_place_is_a_picture_as_others(string width) =>
        Assert.DoesNotContain("GPano:", Extend(Jpeg(Packet(Panorama + " " + width, ""))).Replace("xmlns:GPano", "", StringComparison.Ordinal));

    [Fact]
    public void A_panorama_that_no_longer_fits_on_the_sphere_is_a_picture_as_others()
    {
        string full = Panorama.Replace("TopPixels='20'", "TopPixels='7'", StringComparison.Ordinal);
        Assert.DoesNotContain("GPano:", Extend(Jpeg(Packet(full + " GPano:CroppedAreaImageWidthPixels='24'", ""))).Replace("xmlns:GPano", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Elements_within_elements_without_end_do_no_harm()
    {
        const int depth = 300_000;
        string deep = string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
        string extended = Packet("xmlns:b='http://ns.example.com/'", $"<b:deep>{deep}</b:deep>");
        string bytes = Extend(Jpeg(Packet($"xmlns:xmpNote='http://ns.adobe.com/xmp/note/' xmpNote:HasExtendedXMP='{Sum(extended)}'", ""), Parts(extended)));
        Assert.Contains("compositeWithTrainedAlgorithmicMedia", bytes);
    }

    private static string Packet(string attributes, string elements) =>
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        + $"<rdf:Description rdf:about='' {attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>";

    private static string Story(int length) => string.Concat(Enumerable.Range(0, length / 5).Select(i => $"{i % 10_000,4}."));

    private static byte[] Jpeg(string packet, params IEnumerable<byte[]> parts)
    {
        byte[] jpeg = Pictures.Encode(Pictures.Scene(24, 16), ".jpg");
        foreach (byte[] part in parts)
            jpeg = Pictures.InsertJpegSegment(jpeg, 0xE1, part);
        return Pictures.InsertJpegSegment(jpeg, 0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(packet)]);
    }

    private static IEnumerable<byte[]> Parts(string extended)
    {
        byte[] whole = Encoding.UTF8.GetBytes(extended), place = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(place, whole.Length);
        int start = 0;
        foreach (byte[] part in whole.Chunk(20_000))
        {
            BinaryPrimitives.WriteInt32BigEndian(place.AsSpan(4), start);
            start += part.Length;
            yield return [.. "http://ns.adobe.com/xmp/extension/\0"u8, .. Encoding.ASCII.GetBytes(Sum(extended)), .. place, .. part];
        }
    }

    private static string Sum(string extended) => Sum(Encoding.UTF8.GetBytes(extended));

    [SuppressMessage("Security", "CA5351", Justification = "The format's.")]
    private static string Sum(byte[] extended) => Convert.ToHexString(MD5.HashData(extended));

    private static string Extend(byte[] jpeg)
    {
        using Photo photo = Photo.FromBytes(jpeg);
        using Photo extended = photo.Extend(Pictures.Scene(32, 40), 8, 8);
        return Encoding.Latin1.GetString(extended.ToBytes(".jpg"));
    }
}
