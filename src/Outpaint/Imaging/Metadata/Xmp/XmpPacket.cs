using System.Xml;
using System.Xml.Linq;

namespace Outpaint.Imaging.Metadata.Xmp;

/// <summary>Edits XMP packets, keeping all that they hold.</summary>
internal static class XmpPacket
{
    /// <summary>The name and version that this software signs with.</summary>
    public static readonly string Software = $"Outpaint {typeof(XmpPacket).Assembly.GetName().Version?.ToString(3)}";

    // IPTC's term for a picture that a model completed: https://cv.iptc.org/newscodes/digitalsourcetype
    private const string Composite = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";

    private static readonly XNamespace Xmp = "http://ns.adobe.com/xap/1.0/";
    private static readonly XNamespace Tiff = "http://ns.adobe.com/tiff/1.0/";
    private static readonly XNamespace Exif = "http://ns.adobe.com/exif/1.0/";
    private static readonly XNamespace IptcExtension = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

    private static readonly XName SourceType = IptcExtension + "DigitalSourceType";

    /// <summary>The packet of the upright picture alone; the packet itself where it cannot be read or nothing changes.</summary>
    /// <param name="packet">The packet as stored.</param>
    /// <param name="map">How the picture was turned.</param>
    public static byte[]? Upright(byte[]? packet, PlaceMap map)
    {
        if (XmpDocument.Parse(packet) is not { } document)
            return packet;
        bool changed = document.TrySetProperty(Tiff + "Orientation", "1");
        changed |= XmpCompanions.Remove(document);
        changed |= !map.IsIdentity && XmpRegions.Move(document, map);
        return changed ? document.ToPacket() : packet;
    }

    /// <summary>The packet of an extended picture, or a new one where there is none that can be read.</summary>
    /// <param name="packet">The source's packet.</param>
    /// <param name="map">Where the source is in the extended picture.</param>
    /// <param name="earlierSoftware">What made the source, if known: XMP's creator tool is the first one.</param>
    public static byte[] Extended(byte[]? packet, PlaceMap map, string? earlierSoftware)
    {
        XDocument document = XmpDocument.Parse(packet) ?? XmpDocument.New();
        foreach (XName name in (XName[])[Tiff + "ImageWidth", Exif + "PixelXDimension"])
            document.TrySetProperty(name, $"{map.NewSize.X}");
        foreach (XName name in (XName[])[Tiff + "ImageLength", Exif + "PixelYDimension"])
            document.TrySetProperty(name, $"{map.NewSize.Y}");
        XmpRegions.Move(document, map);
        XmpPanorama.Extend(document, map);
        // Previews of the picture as it was.
        document.Descendants(Xmp + "Thumbnails").Remove();
        return Sign(document, earlierSoftware);
    }

    /// <summary>A packet that says nothing but that its picture was extended.</summary>
    public static byte[] NewOfExtended() => Sign(XmpDocument.New(), null);

    /// <summary>Whether a packet says that its picture was extended.</summary>
    public static bool IsOfExtended(byte[]? packet) => XmpDocument.Parse(packet)?.Property(SourceType) == Composite;

    private static byte[] Sign(XDocument document, string? earlierSoftware)
    {
        document.SetProperty("Iptc4xmpExt", SourceType, Composite);
        if (document.Property(Xmp + "CreatorTool") is null)
            document.SetProperty("xmp", Xmp + "CreatorTool", earlierSoftware is null ? Software : Writable(earlierSoftware));
        return document.ToPacket();
    }

    // XML has no place for most control characters.
    private static string Writable(string text) => string.Concat(text.Where(character => XmlConvert.IsXmlChar(character) || char.IsSurrogate(character)));
}
