using System.Buffers.Binary;
using System.Numerics;

namespace Outpaint.Imaging.Metadata;

/// <summary>
/// Moves the places that Photoshop's image resources name (Adobe Photoshop File Formats Specification) along with the
/// picture: paths, such as what a shop cuts its goods out by, and guides.
/// </summary>
internal static class PhotoshopPlaces
{
    private const ushort GridAndGuides = 0x0408, FirstPath = 2000, LastPath = 2997;

    // A path's records: a kind, and for knots three points in 24 bits.
    private const int PathRecord = 26;
    private const float PathUnits = 1 << 24;

    // A version and the grid's two sides, the number of guides, and for each a place in 32nds of a pixel and a direction.
    private const int GuidesHeader = 16, Guide = 5;
    private const float GuideUnits = 32;
    private const byte Vertical = 0, Horizontal = 1;

    /// <summary>Moves what a resource of that number holds.</summary>
    public static void Move(ushort number, Span<byte> data, PlaceMap map)
    {
        if (number is >= FirstPath and <= LastPath)
        {
            for (; data.Length >= PathRecord; data = data[PathRecord..])
                MoveKnot(data[..PathRecord], map);
        }
        else if (number == GridAndGuides && data.Length > GuidesHeader)
        {
            for (data = data[GuidesHeader..]; data.Length >= Guide; data = data[Guide..])
                MoveGuide(data[..Guide], map);
        }
    }

    // Kinds 1, 2, 4 and 5 are knots: the points before, on and behind it, each a vertical and a horizontal share.
    private static void MoveKnot(Span<byte> record, PlaceMap map)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(record) is not (1 or 2 or 4 or 5))
            return;
        for (int at = 2; at < PathRecord; at += 8)
        {
            Span<byte> y = record.Slice(at, 4), x = record.Slice(at + 4, 4);
            Vector2 share = new Vector2(BinaryPrimitives.ReadInt32BigEndian(x), BinaryPrimitives.ReadInt32BigEndian(y)) / PathUnits;
            Vector2 point = map.Point(share, inPixels: false);
            BinaryPrimitives.WriteInt32BigEndian(y, (int)MathF.Round(point.Y * PathUnits));
            BinaryPrimitives.WriteInt32BigEndian(x, (int)MathF.Round(point.X * PathUnits));
        }
    }

    // A vertical guide becomes a horizontal one where the picture is turned by a quarter.
    private static void MoveGuide(Span<byte> guide, PlaceMap map)
    {
        float place = BinaryPrimitives.ReadInt32BigEndian(guide) / GuideUnits;
        bool wasVertical = guide[4] == Vertical;
        bool isVertical = wasVertical == (map.Extent(Vector2.UnitX).X > 0);
        Vector2 point = map.Point(wasVertical ? new(place, 0) : new(0, place));
        BinaryPrimitives.WriteInt32BigEndian(guide, (int)MathF.Round((isVertical ? point.X : point.Y) * GuideUnits));
        guide[4] = isVertical ? Vertical : Horizontal;
    }
}
