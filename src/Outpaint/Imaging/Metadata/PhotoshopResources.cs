using System.Buffers.Binary;

namespace Outpaint.Imaging.Metadata;

/// <summary>Photoshop's image resources (Adobe Photoshop File Formats Specification), in which a JPEG keeps its IPTC records.</summary>
internal static class PhotoshopResources
{
    private const ushort IptcRecords = 0x0404, OldThumbnail = 0x0409, Thumbnail = 0x040C;

    /// <summary>The resources with the IPTC records, which a TIFF keeps beside them; damaged ones as they are.</summary>
    public static byte[]? Of(PictureMetadata metadata)
    {
        if (metadata.Iptc is not { } iptc)
            return metadata.Photoshop;
        byte[] resources = metadata.Photoshop ?? [];
        if (Read(resources) is not { } known || known.Any(resource => resource.Number == IptcRecords))
            return resources;
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, iptc.Length);
        byte[] records = [.. "8BIM"u8, IptcRecords >> 8, IptcRecords & 0xFF, 0, 0, .. length, .. iptc, .. new byte[iptc.Length & 1]];
        return [.. resources, .. new byte[resources.Length & 1], .. records];
    }

    /// <summary>The IPTC records, which a TIFF has beside the resources; null where there are none.</summary>
    public static byte[]? IptcOf(PictureMetadata metadata) => metadata.Iptc
        ?? (metadata.Photoshop is { } resources && Read(resources)?.Find(resource => resource.Number == IptcRecords) is { Number: IptcRecords } iptc ? resources[iptc.Data] : null);

    /// <summary>The resources without the preview of the picture as it was; damaged ones as they are.</summary>
    public static byte[] WithoutThumbnail(byte[] resources) => Read(resources) is { } known
        ? [.. known.Where(resource => resource.Number is not (OldThumbnail or Thumbnail)).SelectMany(resource => resources[resource.Place])]
        : resources;

    /// <summary>The resources with the places that they name where the picture is; damaged ones as they are.</summary>
    public static byte[] Moved(byte[] resources, PlaceMap map)
    {
        if (map.IsIdentity || Read(resources) is not { } known)
            return resources;
        byte[] moved = [.. resources];
        foreach ((ushort number, _, Range data) in known)
            PhotoshopPlaces.Move(number, moved.AsSpan(data), map);
        return moved;
    }

    // Null where they are damaged.
    private static List<(ushort Number, Range Place, Range Data)>? Read(byte[] resources)
    {
        var known = new List<(ushort, Range, Range)>();
        for (int start = 0, end; start < resources.Length; start = end)
        {
            // Signature, number, name (a length byte first; even in all), length, data (padded to an even length).
            int name = start + 6;
            int size = name < resources.Length ? name + ((resources[name] + 2) & ~1) : resources.Length;
            if (size + 4 > resources.Length || !resources.AsSpan(start).StartsWith("8BIM"u8))
                return null;
            int length = BinaryPrimitives.ReadInt32BigEndian(resources.AsSpan(size));
            if (length < 0 || length > resources.Length - size - 4)
                return null;
            end = Math.Min(size + 4 + length + (length & 1), resources.Length);
            known.Add((BinaryPrimitives.ReadUInt16BigEndian(resources.AsSpan(start + 4)), start..end, (size + 4)..(size + 4 + length)));
        }
        return known;
    }
}
