using System.Numerics;
using System.Xml.Linq;

namespace Outpaint.Imaging.Metadata.Xmp;

/// <summary>
/// Moves the boundary of an image region (IPTC Photo Metadata Standard 2025.1, Region Boundary structure) along with the
/// picture: a rectangle by its upper left corner and its size, a circle by its centre and its radius across, or a polygon.
/// </summary>
internal static class XmpRegionBoundary
{
    private static readonly XNamespace Iptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private static readonly XName X = Iptc + "rbX", Y = Iptc + "rbY", Width = Iptc + "rbW", Height = Iptc + "rbH", Radius = Iptc + "rbRx";

    /// <summary>Moves a structure that is such a boundary, and says whether it is one.</summary>
    public static bool Move(XElement boundary, PlaceMap map)
    {
        string? unit = boundary.Field(Iptc + "rbUnit");
        if (unit is not ("pixel" or "relative"))
            return false;
        bool inPixels = unit == "pixel";
        if (boundary.Pair(Width, Height) is { } size && boundary.Pair(X, Y) is { } corner)
        {
            (Vector2 newCorner, Vector2 newSize) = map.Rectangle(corner, size, inPixels);
            boundary.SetPair(X, Y, newCorner);
            boundary.SetPair(Width, Height, newSize);
            return true;
        }
        // Across, whichever way the picture was turned.
        if (!inPixels && XmpStructure.Number(boundary.Field(Radius)) is { } radius)
            boundary.TrySetField(Radius, XmpStructure.Text(radius * map.OldSize.X / map.NewSize.X));
        foreach (XElement structure in boundary.DescendantsAndSelf())
        {
            if (structure.Pair(X, Y) is { } place)
                structure.SetPair(X, Y, map.Point(place, inPixels));
        }
        return true;
    }
}
