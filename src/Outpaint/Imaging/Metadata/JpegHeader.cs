using System.Buffers.Binary;

namespace Outpaint.Imaging.Metadata;

/// <summary>Makes the first bytes of a JPEG file: the start of the image and its metadata.</summary>
internal static class JpegHeader
{
    private const int JfifLength = 14;

    /// <summary>What stands before the encoder's segments, in place of its own two bytes.</summary>
    public static byte[] Make(PictureMetadata metadata, byte[]? icc, PhotoDescription photo)
    {
        using var head = new MemoryStream();
        head.Write([0xFF, 0xD8]);
        IEnumerable<JpegSegment> jfif = metadata.Segments.Where(segment => segment.IsJfif).Select(WithoutThumbnail);
        if (photo.HasResolution && !ExifBlock.HasResolution(metadata.Exif) && !jfif.Any(HasUnit))
            jfif = [Jfif(photo)];
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

    // Behind the name and the version; without one, the resolution is that of another place, or none.
    private static bool HasUnit(JpegSegment jfif) => jfif.Data.Length > 7 && jfif.Data[7] != 0;

    // Version 1.02, dots per inch, or per centimetre where those are whole.
    private static JpegSegment Jfif(PhotoDescription photo)
    {
        bool metric = IsWhole(photo.XResolution * 10) && IsWhole(photo.YResolution * 10);
        double length = metric ? 10 : 25.4;
        byte[] data = [.. JpegSegment.JfifName, 1, 2, metric ? (byte)2 : (byte)1, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(8), Dots(photo.XResolution * length));
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(10), Dots(photo.YResolution * length));
        return new JpegSegment(JpegSegment.App0, data);
    }

    private static bool IsWhole(double dots) => Math.Abs(dots - Math.Round(dots)) < 0.001;

    private static ushort Dots(double dots) => (ushort)Math.Clamp(Math.Round(dots), 1, ushort.MaxValue);

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
