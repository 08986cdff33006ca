using System.Buffers.Binary;
using Outpaint.Imaging.Metadata.Tiff;

namespace Outpaint.Imaging.Metadata;

/// <summary>Collects the metadata of a file: what libvips hands over untouched, and what it changes or leaves out.</summary>
internal static class MetadataReader
{
    private static ReadOnlySpan<byte> ExifName => "Exif\0\0"u8;

    /// <summary>Reads the metadata of a decoded picture. Damaged metadata is left out, never an error.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="photo">The picture.</param>
    /// <param name="page">The picture's page in a TIFF; null in other formats.</param>
    public static PictureMetadata Read(Stream file, PhotoHandle photo, TiffPage? page)
    {
        var metadata = new PictureMetadata
        {
            Exif = WithoutName(NativePhoto.Metadata(photo, "exif-data")),
            Xmp = NativePhoto.Metadata(photo, "xmp-data"),
        };
        try
        {
            metadata = AddNative(metadata, file, photo, page);
            metadata = metadata with { Ratio = Ratio(metadata) };
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // The pixels are sound, or the picture would not have been decoded.
        }
        return metadata;
    }

    private static PictureMetadata AddNative(PictureMetadata metadata, Stream file, PhotoHandle photo, TiffPage? page)
    {
        Span<byte> head = stackalloc byte[4];
        file.Position = 0;
        file.ReadExactly(head);
        switch (BinaryPrimitives.ReadUInt32BigEndian(head))
        {
            case >= 0xFFD80000 and <= 0xFFD8FFFF:
                IReadOnlyList<JpegSegment> segments = JpegSegment.Read(file);
                return metadata with
                {
                    Xmp = JpegSegment.XmpOf(segments),
                    Segments = [.. segments.Where(segment => segment.IsCarried)],
                    Photoshop = JpegSegment.PhotoshopOf(segments),
                    Encoding = JpegEncoding.Of(segments),
                };
            case 0x89504E47:
                IReadOnlyList<PngChunk> chunks = PngChunk.Read(file);
                return metadata with
                {
                    Exif = chunks.FirstOrDefault(chunk => chunk.Name == PngChunk.Exif)?.Data,
                    Xmp = chunks.FirstOrDefault(chunk => chunk.IsXmp)?.Xmp,
                    Chunks = [.. chunks.Where(chunk => chunk.Name != PngChunk.Exif && !chunk.IsXmp)],
                };
            case uint when page is not null:
                return metadata with
                {
                    Exif = TiffFile.ReadExif(file, page),
                    Iptc = NativePhoto.Metadata(photo, "iptc-data"),
                    Photoshop = NativePhoto.Metadata(photo, "photoshop-data"),
                    Extra = page.Extra,
                };
            default:
                return metadata;
        }
    }

    // In a PNG, its own chunk says more than EXIF does.
    private static Density? Ratio(PictureMetadata metadata)
    {
        if (metadata.Chunks.FirstOrDefault(chunk => chunk.Name == PngChunk.Resolution) is { } chunk)
            return chunk.Ratio;
        return ExifBlock.HasResolution(metadata.Exif) ? ExifBlock.RatioOf(metadata.Exif) : metadata.Segments.FirstOrDefault(segment => segment.IsJfif)?.Ratio;
    }

    private static byte[]? WithoutName(byte[]? exif) =>
        exif is not null && exif.AsSpan().StartsWith(ExifName) ? exif[ExifName.Length..] : exif;
}
