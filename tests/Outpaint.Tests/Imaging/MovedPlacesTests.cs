using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

/// <summary>Places that metadata names stay on what they name: a red box, found again in the pixels.</summary>
public class MovedPlacesTests
{
    public static TheoryData<ushort> Orientations => OrientationTests.Orientations;

    [Theory, MemberData(nameof(Orientations))]
    public void Faces_stay_on_their_place(ushort orientation)
    {
        (byte[] extended, RedBox box) = RedBox.Extend(Jpeg(orientation));
        AssertFaces(box, Encoding.Latin1.GetString(extended));
    }

    [Theory, MemberData(nameof(Orientations))]
    public void Faces_in_a_tiff_stay_on_their_place(ushort orientation)
    {
        RgbImage stored = Pictures.Stored(RedBox.Picture(), orientation);
        byte[] faces = Encoding.UTF8.GetBytes(Faces(RedBox.Find(stored), (stored.Width, stored.Height)));
        byte[] tiff = TiffFile.Encode(stored.Width, stored.Height, 3, 8, TiffFile.Rgb, stored.Pixels, orientation, (700, faces));
        using Photo photo = Photo.FromBytes(tiff);
        using Photo extended = photo.Extend(Pictures.Plain(80, 60, 90, 90, 90), 20, 12);
        AssertFaces(RedBox.Find(extended.ToRgb()), Encoding.Latin1.GetString(extended.ToBytes(".tif")));
    }

    [Theory, MemberData(nameof(Orientations))]
    public void The_main_subject_stays_on_its_place(ushort orientation)
    {
        (byte[] extended, RedBox box) = RedBox.Extend(Jpeg(orientation));
        byte[] area = [.. new[] { box.Left + (box.Width / 2), box.Top + (box.Height / 2), box.Width, box.Height }.SelectMany(value => BitConverter.GetBytes((ushort)value))];
        Assert.NotEqual(-1, extended.AsSpan().IndexOf(area));
    }

    [Theory, MemberData(nameof(Orientations))]
    public void A_clipping_path_stays_around_its_goods(ushort orientation)
    {
        (byte[] extended, RedBox box) = RedBox.Extend(Jpeg(orientation));
        ReadOnlySpan<byte> path = extended.AsSpan(extended.AsSpan().IndexOf((byte[])[.. "8BIM"u8, 0x07, 0xD0]) + 12);
        var corners = new List<(int X, int Y)>();
        foreach (int record in new[] { 1, 2 })
        {
            ReadOnlySpan<byte> anchor = path.Slice((record * 26) + 10, 8);
            corners.Add((Pixel(anchor[4..], 80), Pixel(anchor, 60)));
        }
        Assert.Equal([box.Left, box.Left + box.Width], corners.Select(corner => corner.X).Order());
        Assert.Equal([box.Top, box.Top + box.Height], corners.Select(corner => corner.Y).Order());

        static int Pixel(ReadOnlySpan<byte> share, int side) => (int)Math.Round(BinaryPrimitives.ReadInt32BigEndian(share) / (double)(1 << 24) * side);
    }

    [Theory, MemberData(nameof(Orientations))]
    public void Guides_stay_on_the_sides_of_what_they_guide(ushort orientation)
    {
        (byte[] extended, RedBox box) = RedBox.Extend(Jpeg(orientation));
        ReadOnlySpan<byte> guides = extended.AsSpan(extended.AsSpan().IndexOf((byte[])[.. "8BIM"u8, 0x04, 0x08]) + 12 + 16);
        var places = new List<(bool Vertical, int Pixel)>();
        for (; places.Count < 4; guides = guides[5..])
            places.Add((guides[4] == 0, BinaryPrimitives.ReadInt32BigEndian(guides) / 32));
        Assert.Equal([box.Left, box.Left + box.Width], places.Where(place => place.Vertical).Select(place => place.Pixel).Order());
        Assert.Equal([box.Top, box.Top + box.Height], places.Where(place => !place.Vertical).Select(place => place.Pixel).Order());
    }

    [Fact]
    public void Places_that_cannot_be_read_stay_as_they_are()
    {
        const string xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description"
            + " xmlns:a='http://ns.adobe.com/xmp/sType/Area#' xmlns:r='http://ns.microsoft.com/photo/1.2/t/Region#' a:x='left' a:y='0.5' r:Rectangle='0.1, 0.2'/></rdf:RDF></x:xmpmeta>";
        (byte[] extended, _) = RedBox.Extend(RedBox.WithXmp(Pictures.Encode(RedBox.Picture(), ".jpg"), xmp));
        string text = Encoding.Latin1.GetString(extended);
        Assert.Contains("a:x=\"left\" a:y=\"0.5\"", text);
        Assert.Contains("Rectangle=\"0.1, 0.2\"", text);
    }

    /// <summary>A red box in a picture held that way, and all kinds of metadata that tell where it is.</summary>
    internal static byte[] Jpeg(ushort orientation)
    {
        RgbImage stored = Pictures.Stored(RedBox.Picture(), orientation);
        RedBox box = RedBox.Find(stored);
        byte[] jpeg = RedBox.WithXmp(Pictures.Encode(stored, ".jpg", 100), Faces(box, (stored.Width, stored.Height)));
        jpeg = Pictures.InsertJpegSegment(jpeg, 0xED, [.. "Photoshop 3.0\0"u8, .. ClippingPath(box, (stored.Width, stored.Height)), .. Guides(box)]);
        return Pictures.InsertJpegSegment(jpeg, 0xE1, ExifFile.Subject(
            orientation, [(ushort)(box.Left + (box.Width / 2)), (ushort)(box.Top + (box.Height / 2)), (ushort)box.Width, (ushort)box.Height]));
    }

    private static string Faces(RedBox box, (int Width, int Height) size)
    {
        double x = box.Left / (double)size.Width, y = box.Top / (double)size.Height, w = box.Width / (double)size.Width, h = box.Height / (double)size.Height;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
            xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
            xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#">
            <mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:AppliedToDimensions rdf:parseType="Resource"><stDim:w>{size.Width}</stDim:w><stDim:h>{size.Height}</stDim:h></mwg-rs:AppliedToDimensions>
            <mwg-rs:RegionList><rdf:Bag><rdf:li rdf:parseType="Resource"><mwg-rs:Area stArea:x="{x + (w / 2)}" stArea:y="{y + (h / 2)}" stArea:w="{w}" stArea:h="{h}" stArea:unit="normalized"/></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>
            <rdf:Bag><rdf:li MPReg:Rectangle="{x}, {y}, {w}, {h}"/></rdf:Bag></rdf:Description></rdf:RDF></x:xmpmeta>
            """);
    }

    private static void AssertFaces(RedBox box, string xmp)
    {
        double[] centre = Numbers(xmp, "stArea:x=\"(.*?)\" stArea:y=\"(.*?)\""), size = Numbers(xmp, "stArea:w=\"(.*?)\" stArea:h=\"(.*?)\"");
        AssertNear([(box.Left + (box.Width / 2.0)) / 80, (box.Top + (box.Height / 2.0)) / 60, box.Width / 80.0, box.Height / 60.0], [.. centre, .. size], 1e-5);
        AssertNear([box.Left / 80.0, box.Top / 60.0, box.Width / 80.0, box.Height / 60.0], Numbers(xmp, "Rectangle=\"(.*?), (.*?), (.*?), (.*?)\""), 1e-5);
        AssertNear([80, 60], Numbers(xmp, "<stDim:w>(.*?)</stDim:w><stDim:h>(.*?)</stDim:h>"), 0);
    }

    // A subpath of two knots, at two opposite corners of the box.
    private static byte[] ClippingPath(RedBox box, (int Width, int Height) size)
    {
        byte[] data =
        [
            0, 0, 0, 2, .. new byte[22],
            .. Knot(box.Left / (double)size.Width, box.Top / (double)size.Height),
            .. Knot((box.Left + box.Width) / (double)size.Width, (box.Top + box.Height) / (double)size.Height),
        ];
        return [.. "8BIM"u8, 0x07, 0xD0, 0, 0, 0, 0, 0, (byte)data.Length, .. data];

        static byte[] Knot(double x, double y) => [0, 1, .. Enumerable.Repeat((byte[])[.. Share(y), .. Share(x)], 3).SelectMany(point => point)];

        static byte[] Share(double share)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, (int)Math.Round(share * (1 << 24)));
            return bytes;
        }
    }

    // One along each side of the box.
    private static byte[] Guides(RedBox box)
    {
        (int Pixel, byte Direction)[] sides = [(box.Left, 0), (box.Left + box.Width, 0), (box.Top, 1), (box.Top + box.Height, 1)];
        byte[] data = [0, 0, 0, 1, 0, 0, 2, 64, 0, 0, 2, 64, 0, 0, 0, 4, .. sides.SelectMany(Guide)];
        return [.. "8BIM"u8, 0x04, 0x08, 0, 0, 0, 0, 0, (byte)data.Length, .. data];

        static byte[] Guide((int Pixel, byte Direction) side)
        {
            var guide = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(guide, side.Pixel * 32);
            guide[4] = side.Direction;
            return guide;
        }
    }

    private static double[] Numbers(string text, string pattern) => [.. Regex.Match(text, pattern, RegexOptions.Singleline).Groups.Values.Skip(1)
        .Select(group => double.Parse(group.Value, CultureInfo.InvariantCulture))];

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
