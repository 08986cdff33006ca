using System.Globalization;
using System.Numerics;
using System.Xml.Linq;

namespace Outpaint.Imaging.Metadata.Xmp;

/// <summary>
/// What an XMP packet says of a panorama (Google's Photo Sphere XMP Metadata): which part of a sphere the picture is.
/// Viewers bend it accordingly.
/// </summary>
internal static class XmpPanorama
{
    private static readonly XNamespace Panorama = "http://ns.google.com/photos/1.0/panorama/";

    /// <summary>Says that an extended picture is a larger part of the sphere, or nothing of a sphere where it does not fit on it.</summary>
    public static void Extend(XDocument document, PlaceMap map)
    {
        if (Pair(document, "CroppedAreaLeftPixels", "CroppedAreaTopPixels") is { } corner
            && Pair(document, "FullPanoWidthPixels", "FullPanoHeightPixels") is { } sphere
            && Pair(document, "CroppedAreaImageWidthPixels", "CroppedAreaImageHeightPixels") == map.OldSize
            && corner - map.Point(Vector2.Zero) is var newCorner && Vector2.Clamp(newCorner, Vector2.Zero, sphere - map.NewSize) == newCorner)
        {
            SetPair(document, "CroppedAreaLeftPixels", "CroppedAreaTopPixels", newCorner);
            SetPair(document, "CroppedAreaImageWidthPixels", "CroppedAreaImageHeightPixels", map.NewSize);
            return;
        }
        document.Properties().Where(property => property.PropertyName().Namespace == Panorama).Remove();
    }

    private static Vector2? Pair(XDocument document, string first, string second) =>
        int.TryParse(document.Property(Panorama + first), CultureInfo.InvariantCulture, out int x)
        && int.TryParse(document.Property(Panorama + second), CultureInfo.InvariantCulture, out int y) ? new(x, y) : null;

    private static void SetPair(XDocument document, string first, string second, Vector2 pair)
    {
        document.TrySetProperty(Panorama + first, $"{(int)pair.X}");
        document.TrySetProperty(Panorama + second, $"{(int)pair.Y}");
    }
}
