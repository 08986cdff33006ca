using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

/// <summary>IPTC's image regions and XMP's copy of EXIF's main subject stay on what they name, whichever way the photo was held.</summary>
public class MovedRegionsTests
{
    public static TheoryData<ushort> Orientations => OrientationTests.Orientations;

    [Theory, MemberData(nameof(Orientations))]
    public void A_relative_rectangle_stays_on_its_place(ushort orientation)
    {
        (string xmp, RedBox box) = Extended(orientation, (box, width, height) => Region(
            "rectangle", "relative", ("rbX", box.Left / width), ("rbY", box.Top / height), ("rbW", box.Width / width), ("rbH", box.Height / height)));
        AssertField(box.Left / 80.0, xmp, "rbX");
        AssertField(box.Top / 60.0, xmp, "rbY");
        AssertField(box.Width / 80.0, xmp, "rbW");
        AssertField(box.Height / 60.0, xmp, "rbH");
    }

    [Theory, MemberData(nameof(Orientations))]
    public void A_rectangle_in_pixels_stays_on_its_place(ushort orientation)
    {
        (string xmp, RedBox box) = Extended(orientation, (box, _, _) => Region(
            "rectangle", "pixel", ("rbX", box.Left), ("rbY", box.Top), ("rbW", box.Width), ("rbH", box.Height)));
        AssertField(box.Left, xmp, "rbX");
        AssertField(box.Top, xmp, "rbY");
        AssertField(box.Width, xmp, "rbW");
        AssertField(box.Height, xmp, "rbH");
    }

    [Theory, MemberData(nameof(Orientations))]
    public void A_circle_keeps_its_centre_and_its_radius(ushort orientation)
    {
        (string xmp, RedBox box) = Extended(orientation, (box, width, height) => Region(
            "circle", "relative", ("rbX", (box.Left + (box.Width / 2)) / width), ("rbY", (box.Top + (box.Height / 2)) / height), ("rbRx", 5 / width)));
        AssertField((box.Left + (box.Width / 2.0)) / 80, xmp, "rbX");
        AssertField((box.Top + (box.Height / 2.0)) / 60, xmp, "rbY");
        AssertField(5 / 80.0, xmp, "rbRx");
    }

    [Theory, MemberData(nameof(Orientations))]
    public void The_corners_of_a_polygon_stay_on_their_place(ushort orientation)
    {
        (string xmp, RedBox box) = Extended(orientation, (box, width, height) => Region("polygon", "relative", string.Create(
            CultureInfo.InvariantCulture, $"""
            <i:rbVertices><rdf:Seq><rdf:li i:rbX="{box.Left / width}" i:rbY="{box.Top / height}"/>
            <rdf:li rdf:parseType="Resource"><i:rbX>{(box.Left + box.Width) / width}</i:rbX><i:rbY>{(box.Top + box.Height) / height}</i:rbY></rdf:li></rdf:Seq></i:rbVertices>
            """)));
        AssertNear([box.Left / 80.0, (box.Left + box.Width) / 80.0], [.. Fields(xmp, "rbX").Order()]);
        AssertNear([box.Top / 60.0, (box.Top + box.Height) / 60.0], [.. Fields(xmp, "rbY").Order()]);
    }

    [Fact]
    public void A_boundary_in_unknown_units_stays_as_it_is()
    {
        (string xmp, _) = Extended(1, (_, _, _) => Region("rectangle", "furlong", ("rbX", 7), ("rbY", 8), ("rbW", 9), ("rbH", 10)));
        AssertField(7, xmp, "rbX");
        AssertField(9, xmp, "rbW");
    }

    [Theory, MemberData(nameof(Orientations))]
    public void The_main_subject_stays_on_its_place(ushort orientation)
    {
        (string xmp, RedBox box) = Extended(orientation, (box, _, _) => Subject(
            (int)(box.Left + (box.Width / 2)), (int)(box.Top + (box.Height / 2)), (int)box.Width, (int)box.Height));
        Assert.Contains(Subject(box.Left + (box.Width / 2), box.Top + (box.Height / 2), box.Width, box.Height), xmp);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("12", "left")]
    public void A_subject_that_cannot_be_read_stays_as_it_is(params string[] subject)
    {
        (string xmp, _) = Extended(1, (_, _, _) => Subject([.. subject.Cast<object>()]));
        Assert.Contains(Subject([.. subject.Cast<object>()]), xmp);
    }

    private delegate string Describe((double Left, double Top, double Width, double Height) box, double width, double height);

    // The packet of an extended photo that was held that way, and where the box is in it.
    private static (string Xmp, RedBox Box) Extended(ushort orientation, Describe describe)
    {
        RgbImage stored = Pictures.Stored(RedBox.Picture(), orientation);
        RedBox box = RedBox.Find(stored);
        string property = describe((box.Left, box.Top, box.Width, box.Height), stored.Width, stored.Height);
        byte[] jpeg = RedBox.WithXmp(Pictures.Encode(stored, ".jpg", 100), $"""
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
            xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:exif="http://ns.adobe.com/exif/1.0/">
            {property}</rdf:Description></rdf:RDF></x:xmpmeta>
            """);
        (byte[] extended, RedBox found) = RedBox.Extend(Pictures.InsertJpegSegment(jpeg, 0xE1, ExifFile.Subject(orientation, [0, 0])));
        return (Encoding.Latin1.GetString(extended), found);
    }

    private static string Region(string shape, string unit, params (string Name, double Value)[] fields) => Region(
        shape, unit, string.Concat(fields.Select(field => string.Create(CultureInfo.InvariantCulture, $"<i:{field.Name}>{field.Value}</i:{field.Name}>"))));

    private static string Region(string shape, string unit, string fields) => $"""
        <i:ImageRegion><rdf:Bag><rdf:li rdf:parseType="Resource"><i:RegionBoundary rdf:parseType="Resource">
        <i:rbShape>{shape}</i:rbShape><i:rbUnit>{unit}</i:rbUnit>{fields}</i:RegionBoundary></rdf:li></rdf:Bag></i:ImageRegion>
        """;

    private static string Subject(params object[] numbers) =>
        $"<exif:SubjectArea><rdf:Seq>{string.Concat(numbers.Select(number => $"<rdf:li>{number}</rdf:li>"))}</rdf:Seq></exif:SubjectArea>";

    private static void AssertField(double expected, string xmp, string name) => AssertNear([expected], Fields(xmp, name));

    private static double[] Fields(string xmp, string name) => [.. Regex.Matches(xmp, $"i:{name}(?:=\"|>)([-0-9.]+)")
        .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
