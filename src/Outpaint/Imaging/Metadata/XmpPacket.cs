using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Outpaint.Imaging.Metadata;

/// <summary>Edits XMP packets (ISO 16684-1), keeping all that they hold.</summary>
internal static class XmpPacket
{
    /// <summary>The name and version that this software signs with.</summary>
    public static readonly string Software = $"Outpaint {typeof(XmpPacket).Assembly.GetName().Version?.ToString(3)}";

    // IPTC's term for a picture that a model completed: https://cv.iptc.org/newscodes/digitalsourcetype
    private const string Composite = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";

    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Xmp = "http://ns.adobe.com/xap/1.0/";
    private static readonly XNamespace Tiff = "http://ns.adobe.com/tiff/1.0/";
    private static readonly XNamespace Exif = "http://ns.adobe.com/exif/1.0/";
    private static readonly XNamespace IptcExtension = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

    private static readonly XName SourceType = IptcExtension + "DigitalSourceType";

    /// <summary>The packet of an upright picture; the packet itself where it cannot be read or says nothing of it.</summary>
    public static byte[]? Upright(byte[]? packet)
    {
        if (Parse(packet) is not { } document || !Replace(document, Tiff + "Orientation", "1"))
            return packet;
        return Write(document);
    }

    /// <summary>The packet of an extended picture, or a new one where there is none that can be read.</summary>
    /// <param name="packet">The source's packet.</param>
    /// <param name="width">The new width in pixels.</param>
    /// <param name="height">The new height in pixels.</param>
    /// <param name="earlierSoftware">What made the source, if known: XMP's creator tool is the first one.</param>
    public static byte[] Extended(byte[]? packet, int width, int height, string? earlierSoftware)
    {
        XDocument document = Parse(packet) ?? New();
        foreach (XName name in (XName[])[Tiff + "ImageWidth", Exif + "PixelXDimension"])
            Replace(document, name, $"{width}");
        foreach (XName name in (XName[])[Tiff + "ImageLength", Exif + "PixelYDimension"])
            Replace(document, name, $"{height}");
        // Previews of the picture as it was.
        document.Descendants(Xmp + "Thumbnails").Remove();
        Set(document, "Iptc4xmpExt", SourceType, Composite);
        if (!Has(document, Xmp + "CreatorTool"))
            Set(document, "xmp", Xmp + "CreatorTool", earlierSoftware is null ? Software : Writable(earlierSoftware));
        return Write(document);
    }

    /// <summary>Whether a packet says that its picture was extended.</summary>
    public static bool IsOfExtended(byte[]? packet) =>
        Parse(packet) is { } document && Descriptions(document).Any(
            description => ((string?)description.Attribute(SourceType) ?? (string?)description.Element(SourceType)) == Composite);

    private static XDocument New() => XDocument.Parse(
        $"<?xpacket begin='\uFEFF' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='{Rdf}'>"
        + "<rdf:Description rdf:about=''/></rdf:RDF></x:xmpmeta><?xpacket end='w'?>");

    private static XDocument? Parse(byte[]? packet)
    {
        if (packet is null)
            return null;
        int end = Array.FindLastIndex(packet, value => value != 0) + 1;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(packet, 0, end), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            XDocument document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            return Descriptions(document).Any() ? document : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    // A simple property is an element, or an attribute of its rdf:Description for short.
    private static IEnumerable<XElement> Descriptions(XDocument document) => document.Descendants(Rdf + "RDF").Elements(Rdf + "Description");

    private static bool Has(XDocument document, XName name) =>
        Descriptions(document).Any(description => description.Attribute(name) is not null || description.Element(name) is not null);

    private static bool Replace(XDocument document, XName name, string value)
    {
        foreach (XElement description in Descriptions(document))
        {
            if (description.Attribute(name) is { } attribute)
                attribute.Value = value;
            else if (description.Element(name) is { } element)
                element.Value = value;
            else
                continue;
            return true;
        }
        return false;
    }

    private static void Set(XDocument document, string prefix, XName name, string value)
    {
        if (Replace(document, name, value))
            return;
        XElement description = Descriptions(document).First();
        if (description.GetPrefixOfNamespace(name.Namespace) is null)
            description.SetAttributeValue(XNamespace.Xmlns + prefix, name.NamespaceName);
        description.SetAttributeValue(name, value);
    }

    // XML has no place for most control characters.
    private static string Writable(string text) => string.Concat(text.Where(character => XmlConvert.IsXmlChar(character) || char.IsSurrogate(character)));

    private static byte[] Write(XDocument document)
    {
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            OmitXmlDeclaration = true,
            NewLineHandling = NewLineHandling.None,
        };
        using var packet = new MemoryStream();
        using (XmlWriter writer = XmlWriter.Create(packet, settings))
            document.Save(writer);
        return packet.ToArray();
    }
}
