using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using XmlSaveOptions = System.Xml.Linq.SaveOptions;

namespace Outpaint.Imaging.Metadata.Xmp;

/// <summary>
/// The part of an XMP packet that does not fit into a JPEG's segment of 64 KB (XMP Specification Part 3, 1.1.3.1): a packet
/// of its own in further segments, named in the first by its MD5 sum.
/// </summary>
internal static class XmpExtension
{
    private const int GuidLength = 32;

    private static readonly XName HasExtension = XName.Get("HasExtendedXMP", "http://ns.adobe.com/xmp/note/");

    private static ReadOnlySpan<byte> Name => "http://ns.adobe.com/xmp/extension/\0"u8;

    // Name, sum, length of the whole, place of this part.
    private static int HeadLength => Name.Length + GuidLength + 8;

    /// <summary>Whether a segment holds such a part.</summary>
    public static bool IsPart(JpegSegment segment) => segment.Is(JpegSegment.App1, Name);

    /// <summary>The packet with what the segments add to it. What is missing or damaged is left out.</summary>
    public static byte[]? Join(byte[]? packet, IReadOnlyList<JpegSegment> segments)
    {
        if (!segments.Any(IsPart) || XmpDocument.Parse(packet) is not { } document || document.Property(HasExtension) is not { } sum)
            return packet;
        document.Properties().Where(property => property.PropertyName() == HasExtension).Remove();
        byte[] guid = Encoding.UTF8.GetBytes(sum);
        byte[] whole = [.. segments.Where(IsPart).Select(segment => segment.Data).Where(data => data.Length >= HeadLength)
            .Where(data => data.AsSpan(Name.Length, GuidLength).SequenceEqual(guid))
            .OrderBy(data => BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(HeadLength - 4)))
            .SelectMany(data => data[HeadLength..])];
        if (XmpDocument.Parse(whole) is { } extension)
            Add(document.Descriptions().First().Parent!, [.. extension.Descriptions()]);
        return document.ToPacket();
    }

    /// <summary>The packet so that it fits, its largest properties in an extension.</summary>
    /// <param name="packet">The whole packet.</param>
    /// <param name="room">Bytes that the first part may have.</param>
    /// <returns>The packet, null where it cannot be made to fit, and the segments of its extension.</returns>
    public static (byte[]? Packet, IReadOnlyList<JpegSegment> Extension) Split(byte[]? packet, int room)
    {
        if (packet is null || packet.Length <= room)
            return (packet, []);
        if (XmpDocument.Parse(packet) is not { } document || XmpDocument.Parse(packet) is not { } extension)
            return (null, []);
        XObject[] properties = [.. document.Properties()], copies = [.. extension.Properties()];
        int[] largestFirst = [.. Enumerable.Range(0, properties.Length).OrderByDescending(i => Length(properties[i]))];
        // Twice as many each time: a packet of thousands of small ones is not to be written thousands of times.
        for (int moved = 0, count = 1; moved < properties.Length; moved = count, count *= 2)
        {
            count = Math.Min(count, properties.Length);
            largestFirst[moved..count].Select(i => properties[i]).Remove();
            document.SetProperty("xmpNote", HasExtension, new string('0', GuidLength));
            if (document.ToPacket().Length > room)
                continue;
            largestFirst[count..].Select(i => copies[i]).Remove();
            byte[] whole = extension.ToPacket();
            string guid = Sum(whole);
            document.SetProperty("xmpNote", HasExtension, guid);
            return (document.ToPacket(), Parts(whole, guid));
        }
        return (null, []);
    }

    // With the prefixes that hold around them, by which readers of XMP go.
    private static void Add(XElement target, XElement[] descriptions)
    {
        var taken = target.Attributes().Select(attribute => attribute.Name).ToHashSet();
        target.Add(descriptions[0].Ancestors().Attributes().Where(attribute => attribute.Name.Namespace == XNamespace.Xmlns && taken.Add(attribute.Name)));
        descriptions.Remove(); // what has no parent is moved; anything else would be copied, recursively
        target.Add(descriptions);
    }

    private static int Length(XObject property) => property is XAttribute attribute
        ? attribute.Value.Length
        : ((XElement)property).ToString(XmlSaveOptions.DisableFormatting).Length;

    [SuppressMessage("Security", "CA5351", Justification = "The format's sum, against mistakes.")]
    private static string Sum(byte[] whole) => Convert.ToHexString(MD5.HashData(whole));

    private static List<JpegSegment> Parts(byte[] whole, string guid)
    {
        var parts = new List<JpegSegment>();
        byte[] place = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(place, whole.Length);
        foreach (byte[] part in whole.Chunk(JpegSegment.MaxData - HeadLength))
        {
            parts.Add(new JpegSegment(JpegSegment.App1, [.. Name, .. Encoding.ASCII.GetBytes(guid), .. place, .. part]));
            int next = BinaryPrimitives.ReadInt32BigEndian(place.AsSpan(4)) + part.Length;
            BinaryPrimitives.WriteInt32BigEndian(place.AsSpan(4), next);
        }
        return parts;
    }
}
