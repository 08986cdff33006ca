using System.Buffers.Binary;
using Outpaint.Imaging.Metadata.Xmp;

namespace Outpaint.Imaging.Metadata;

/// <summary>Makes the first bytes of a JPEG file: the start of the image and its metadata.</summary>
internal static class JpegHeader
{
    private const int JfifLength = 14;

    /// <summary>What stands before the encoder's segments, in place of its own two bytes.</summary>
    public static byte[] Make(PictureMetadata metadata, byte[]? icc, Density? density)
    {
        using var head = new MemoryStream();
        head.Write([0xFF, 0xD8]);
        IEnumerable<JpegSegment> jfif = metadata.Segments.Where(segment => segment.IsJfif).Select(WithoutThumbnail);
        if (density is not null && !ExifBlock.HasResolution(metadata.Exif) && !jfif.Any(HasDensity))
            jfif = [Jfif(density)];
        Write(head, jfif);
        if (FittingExif(metadata.Exif) is { } exif)
            Write(head, JpegSegment.App1, JpegSegment.ExifName, exif);
        (byte[]? xmp, IReadOnlyList<JpegSegment> extension) = XmpExtension.Split(metadata.Xmp, JpegSegment.MaxData - JpegSegment.XmpName.Length);
        if (xmp is null && XmpPacket.IsOfExtended(metadata.Xmp))
            xmp = XmpPacket.NewOfExtended();
        if (xmp is not null)
            Write(head, JpegSegment.App1, JpegSegment.XmpName, xmp);
        Write(head, extension);
        foreach (byte[] part in (PhotoshopResources.Of(metadata) ?? []).Chunk(JpegSegment.MaxData - JpegSegment.PhotoshopName.Length))
            Write(head, JpegSegment.App13, JpegSegment.PhotoshopName, part);
        Write(head, metadata.Segments.Where(segment => !segment.IsJfif));
        WriteProfile(head, icc ?? []);
        return head.ToArray();
    }

    // EXIF has no way to be split; its thumbnail is what it can do without.
    private static byte[]? FittingExif(byte[]? exif)
    {
        int room = JpegSegment.MaxData - JpegSegment.ExifName.Length;
        if (exif?.Length > room)
            exif = ExifBlock.Edit(exif, block => block.SetThumbnail(null));
        return exif?.Length > room ? null : exif;
    }

    // ICC.1, annex B.4: numbered parts.
    private static void WriteProfile(MemoryStream head, byte[] icc)
    {
        byte[][] parts = [.. icc.Chunk(JpegSegment.MaxData - JpegSegment.IccName.Length - 2)];
        for (int i = 0; i < parts.Length && parts.Length < 256; i++)
            Write(head, JpegSegment.App2, [.. JpegSegment.IccName, (byte)(i + 1), (byte)parts.Length], parts[i]);
    }

    // A picture of the photo as it was, behind its width and height.
    private static JpegSegment WithoutThumbnail(JpegSegment jfif) =>
        jfif.Data.Length < JfifLength ? jfif : jfif with { Data = [.. jfif.Data[..(JfifLength - 2)], 0, 0] };

    // The unit is behind the name and the version; where it tells nothing, the resolution is that of another place, or none.
    private static bool HasDensity(JpegSegment jfif) => jfif.Data.Length > 7 && (jfif.Data[7] != 0 || jfif.Ratio is { IsEmpty: false });

    // Version 1.02, dots per inch, or per centimetre where those are whole.
    private static JpegSegment Jfif(Density density)
    {
        bool metric = Density.IsWhole(density.Across * 10) && Density.IsWhole(density.Down * 10);
        double length = metric ? 10 : 25.4;
        (byte unit, (ushort across, ushort down)) = density.HasUnit
            ? (metric ? (byte)2 : (byte)1, (Density.Dots(density.Across * length), Density.Dots(density.Down * length)))
            : ((byte)0, density.Ratio());
        byte[] data = [.. JpegSegment.JfifName, 1, 2, unit, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(8), across);
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(10), down);
        return new JpegSegment(JpegSegment.App0, data);
    }

    private static void Write(MemoryStream head, IEnumerable<JpegSegment> segments)
    {
        foreach (JpegSegment segment in segments)
            Write(head, segment.Marker, [], segment.Data);
    }

    private static void Write(MemoryStream head, byte marker, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        int length = name.Length + data.Length + 2;
        head.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
        head.Write(name);
        head.Write(data);
    }
}
