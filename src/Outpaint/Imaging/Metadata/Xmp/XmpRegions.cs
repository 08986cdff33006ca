using System.Numerics;
using System.Xml.Linq;

namespace Outpaint.Imaging.Metadata.Xmp;

/// <summary>
/// Moves the places that an XMP packet tells of, mostly faces, along with the picture. They refer to the picture as it
/// is stored, before it is turned upright (Guidelines for Handling Image Metadata 2.0, Metadata Working Group 2010).
/// </summary>
internal static class XmpRegions
{
    // Metadata Working Group: the centre, and width and height.
    private static readonly XNamespace Area = "http://ns.adobe.com/xmp/sType/Area#";
    private static readonly XNamespace Dimensions = "http://ns.adobe.com/xap/1.0/sType/Dimensions#";
    private static readonly XName AppliedToDimensions = XName.Get("AppliedToDimensions", "http://www.metadataworkinggroup.com/schemas/regions/");

    // Microsoft's people tagging: "left, top, width, height".
    private static readonly XName Rectangle = XName.Get("Rectangle", "http://ns.microsoft.com/photo/1.2/t/Region#");

    /// <summary>Moves them, and says whether there are any.</summary>
    public static bool Move(XDocument document, PlaceMap map)
    {
        bool any = false;
        foreach (XElement structure in document.Descendants())
        {
            any |= MoveArea(structure, map) | MoveDimensions(structure, map) | MoveRectangle(structure, map)
                | XmpRegionBoundary.Move(structure, map) | XmpSubject.Move(structure, map);
        }
        return any;
    }

    private static bool MoveArea(XElement area, PlaceMap map)
    {
        if (area.Pair(Area + "x", Area + "y") is not { } centre)
            return false;
        bool inPixels = area.Field(Area + "unit") == "pixel";
        area.SetPair(Area + "x", Area + "y", map.Point(centre, inPixels));
        if (area.Pair(Area + "w", Area + "h") is { } size)
            area.SetPair(Area + "w", Area + "h", map.Extent(size, inPixels));
        return true;
    }

    // The picture's size when the regions were made; another one says that it was shrunk since then, and goes on to say so.
    private static bool MoveDimensions(XElement structure, PlaceMap map)
    {
        if (structure.Name != AppliedToDimensions)
            return false;
        XElement dimensions = structure.Elements().SingleOrDefault(element => element.Name.LocalName == "Description") ?? structure;
        if (dimensions.Pair(Dimensions + "w", Dimensions + "h") is not { } size)
            return false;
        Vector2 pixels = map.Extent(size) * map.NewSize / map.Extent(map.OldSize);
        dimensions.SetPair(Dimensions + "w", Dimensions + "h", new(MathF.Round(pixels.X), MathF.Round(pixels.Y)));
        return true;
    }

    private static bool MoveRectangle(XElement region, PlaceMap map)
    {
        float?[] sides = [.. (region.Field(Rectangle) ?? "").Split(',').Select(XmpStructure.Number)];
        if (sides is not [{ } left, { } top, { } width, { } height])
            return false;
        (Vector2 corner, Vector2 size) = map.Rectangle(new(left, top), new(width, height), inPixels: false);
        return region.TrySetField(Rectangle, string.Join(", ", new[] { corner.X, corner.Y, size.X, size.Y }.Select(XmpStructure.Text)));
    }
}
