using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Outpaint.Imaging.Metadata.Xmp;

/// <summary>Reads and writes XMP packets, and finds what they say of their picture (ISO 16684-1).</summary>
internal static class XmpDocument
{
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    // Structures within structures take a few. A damaged or hostile packet of a million would take hours.
    private const int MaxDepth = 200;

    /// <summary>A packet that says nothing yet.</summary>
    public static XDocument New() => XDocument.Parse(
        $"<?xpacket begin='\uFEFF' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='{Rdf}'>"
        + "<rdf:Description rdf:about=''/></rdf:RDF></x:xmpmeta><?xpacket end='w'?>");

    /// <summary>Null where there is none, it cannot be read, or it describes nothing.</summary>
    public static XDocument? Parse(byte[]? packet)
    {
        if (packet is null)
            return null;
        try
        {
            if (Depth(packet) > MaxDepth)
                return null;
            using XmlReader reader = Open(packet);
            XDocument document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            return document.Descriptions().Any() ? document : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static byte[] ToPacket(this XDocument document)
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

    /// <summary>The structures whose fields are the properties of the picture.</summary>
    public static IEnumerable<XElement> Descriptions(this XDocument document) =>
        document.Descendants(Rdf + "RDF").Elements(Rdf + "Description");

    /// <summary>The properties of the picture, in either form.</summary>
    public static IEnumerable<XObject> Properties(this XDocument document) => document.Descriptions().SelectMany(
        description => description.Elements().Concat<XObject>(
            description.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.Namespace != Rdf)));

    /// <summary>The value of a simple property; null where there is none.</summary>
    public static string? Property(this XDocument document, XName name) =>
        document.Descriptions().Select(description => description.Field(name)).FirstOrDefault(value => value is not null);

    /// <summary>Changes a simple property and says whether there is one.</summary>
    public static bool TrySetProperty(this XDocument document, XName name, string value) =>
        document.Descriptions().Any(description => description.TrySetField(name, value));

    /// <summary>Changes a simple property, or adds it.</summary>
    public static void SetProperty(this XDocument document, string prefix, XName name, string value)
    {
        if (document.TrySetProperty(name, value))
            return;
        XElement description = document.Descriptions().First();
        if (description.GetPrefixOfNamespace(name.Namespace) is null)
            description.SetAttributeValue(XNamespace.Xmlns + prefix, name.NamespaceName);
        description.SetAttributeValue(name, value);
    }

    /// <summary>Removes properties.</summary>
    public static void Remove(this IEnumerable<XObject> properties)
    {
        foreach (XObject property in properties.ToList())
        {
            (property as XAttribute)?.Remove();
            (property as XElement)?.Remove();
        }
    }

    /// <summary>A property's name.</summary>
    public static XName PropertyName(this XObject property) => property is XAttribute attribute ? attribute.Name : ((XElement)property).Name;

    private static int Depth(byte[] packet)
    {
        using XmlReader reader = Open(packet);
        int depth = 0;
        while (reader.Read() && depth <= MaxDepth)
            depth = Math.Max(depth, reader.Depth);
        return depth;
    }

    private static XmlReader Open(byte[] packet)
    {
        int end = Array.FindLastIndex(packet, value => value != 0) + 1;
        return XmlReader.Create(new MemoryStream(packet, 0, end), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
    }
}
