namespace Outpaint.Imaging.Metadata;

/// <summary>What a picture file holds beside its pixels, its colour profile and its resolution; see docs/files.md.</summary>
internal sealed record PictureMetadata
{
    /// <summary>EXIF: a TIFF structure, from its byte order mark on.</summary>
    public byte[]? Exif { get; init; }

    /// <summary>The XMP packet.</summary>
    public byte[]? Xmp { get; init; }

    /// <summary>IPTC-IIM records that stand alone, as TIFF has them.</summary>
    public byte[]? Iptc { get; init; }

    /// <summary>Photoshop image resources, which hold IPTC-IIM in a JPEG.</summary>
    public byte[]? Photoshop { get; init; }

    /// <summary>Comments and makers' segments of a JPEG, for a JPEG.</summary>
    public IReadOnlyList<JpegSegment> Segments { get; init; } = [];

    /// <summary>Text and colour chunks of a PNG, for a PNG.</summary>
    public IReadOnlyList<PngChunk> Chunks { get; init; } = [];

    /// <summary>How a JPEG was encoded.</summary>
    public JpegEncoding? Encoding { get; init; }

    private bool IsExtended { get; init; }

    /// <summary>The metadata of the upright picture, which must not be turned again.</summary>
    public PictureMetadata Upright() => this with
    {
        Exif = ExifBlock.Edit(Exif, exif => exif.SetOrientation()),
        Xmp = XmpPacket.Upright(Xmp),
        Photoshop = Photoshop is null ? null : PhotoshopResources.WithoutThumbnail(Photoshop),
    };

    /// <summary>The metadata of the picture continued to a size: says so, names this software, and changes nothing else.</summary>
    public PictureMetadata Extended(int width, int height) => this with
    {
        Exif = ExifBlock.Edit(Exif, exif =>
        {
            exif.ClearThumbnail(); // first, so that what is added takes its place
            exif.SetDimensions(width, height);
            exif.SetSoftware(XmpPacket.Software);
        }),
        Xmp = XmpPacket.Extended(Xmp, width, height, ExifBlock.SoftwareOf(Exif)),
        IsExtended = true,
    };

    /// <summary>Only what shows the picture right, and that it was extended.</summary>
    public PictureMetadata Stripped() => new()
    {
        Xmp = IsExtended ? XmpPacket.Extended(null, 0, 0, null) : null,
        Segments = [.. Segments.Where(segment => segment.IsJfif)],
        Chunks = [.. Chunks.Where(chunk => chunk.IsColour || chunk.Name == PngChunk.Resolution)],
        Encoding = Encoding,
        IsExtended = IsExtended,
    };
}
