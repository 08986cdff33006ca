using System.Buffers.Binary;
using Outpaint.Imaging.Metadata.Xmp;

namespace Outpaint.Imaging.Metadata;

/// <summary>A marker segment of a JPEG file (ITU-T T.81, annex B).</summary>
/// <param name="Marker">The marker's second byte.</param>
/// <param name="Data">What follows the segment's length.</param>
internal sealed record JpegSegment(byte Marker, byte[] Data)
{
    /// <summary>The most bytes that one segment holds.</summary>
    public const int MaxData = 65533;

    public const byte App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App11 = 0xEB, App13 = 0xED, App14 = 0xEE, App15 = 0xEF, Comment = 0xFE;

    private const byte StartOfScan = 0xDA, EndOfImage = 0xD9;

    public static ReadOnlySpan<byte> JfifName => "JFIF\0"u8;

    public static ReadOnlySpan<byte> ExifName => "Exif\0\0"u8;

    public static ReadOnlySpan<byte> XmpName => "http://ns.adobe.com/xap/1.0/\0"u8;

    public static ReadOnlySpan<byte> IccName => "ICC_PROFILE\0"u8;

    public static ReadOnlySpan<byte> PhotoshopName => "Photoshop 3.0\0"u8;

    /// <summary>The resolution of a JPEG without EXIF.</summary>
    public bool IsJfif => Is(App0, JfifName);

    /// <summary>
    /// Whether a new file gets the segment as it is. Not those that are written anew; nor APP14, which belongs to the
    /// encoding; nor what tells of pictures behind this one's end (MPF, ISO 21496-1's gain maps), of a thumbnail (JFXX) or signs
    /// the old pixels (APP11).
    /// </summary>
    public bool IsCarried => Marker switch
    {
        App0 => IsJfif,
        App1 => !Is(App1, ExifName) && !Is(App1, XmpName) && !XmpExtension.IsPart(this),
        App2 => !Is(App2, IccName) && !Is(App2, "MPF\0"u8) && !Is(App2, "urn:iso:std:iso:ts:21496:-1\0"u8),
        App13 => !Is(App13, PhotoshopName),
        App11 or App14 => false,
        _ => Marker is Comment or > App2 and <= App15,
    };

    /// <summary>The density that a JFIF segment tells without a unit; null where it has one, or is damaged.</summary>
    public Density? Ratio => Data.Length >= 12 && Data[7] == 0
        ? Density.WithoutUnit(BinaryPrimitives.ReadUInt16BigEndian(Data.AsSpan(8)), BinaryPrimitives.ReadUInt16BigEndian(Data.AsSpan(10)))
        : null;

    /// <summary>A JFIF segment for the picture turned by a quarter; a damaged one as it is.</summary>
    public JpegSegment WithSwappedResolution() =>
        Data.Length < 12 ? this : this with { Data = [.. Data[..8], .. Data[10..12], .. Data[8..10], .. Data[12..]] };

    /// <summary>The segments before the first scan.</summary>
    public static IReadOnlyList<JpegSegment> Read(Stream file)
    {
        var segments = new List<JpegSegment>();
        Span<byte> length = stackalloc byte[2];
        file.Position = 2;
        while (NextMarker(file) is var marker and not (StartOfScan or EndOfImage))
        {
            file.ReadExactly(length);
            var data = new byte[Math.Max(0, BinaryPrimitives.ReadUInt16BigEndian(length) - 2)];
            file.ReadExactly(data);
            segments.Add(new JpegSegment(marker, data));
        }
        return segments;
    }

    /// <summary>The Photoshop resources, which may be spread over several segments.</summary>
    public static byte[]? PhotoshopOf(IEnumerable<JpegSegment> segments)
    {
        byte[] resources = [.. segments.Where(segment => segment.Is(App13, PhotoshopName)).SelectMany(segment => segment.Data[PhotoshopName.Length..])];
        return resources.Length > 0 ? resources : null;
    }

    /// <summary>The XMP packet, which may have its largest parts in further segments.</summary>
    public static byte[]? XmpOf(IReadOnlyList<JpegSegment> segments) =>
        XmpExtension.Join(segments.FirstOrDefault(segment => segment.Is(App1, XmpName))?.Data[XmpName.Length..], segments);

    /// <summary>Whether the segment is of an application's kind.</summary>
    public bool Is(byte marker, ReadOnlySpan<byte> name) => Marker == marker && Data.AsSpan().StartsWith(name);

    // Stray bytes and fill bytes before a marker are skipped, as decoders do.
    private static byte NextMarker(Stream file)
    {
        int previous = 0;
        while (file.ReadByte() is var value and >= 0)
        {
            if (previous == 0xFF && value is not (0 or 0xFF))
                return (byte)value;
            previous = value;
        }
        return EndOfImage;
    }
}
