using Outpaint.Imaging.Metadata.Tiff;
using Outpaint.Imaging.Metadata.Xmp;

namespace Outpaint.Imaging.Metadata;

/// <summary>What a picture file holds beside its pixels, its colour profile and its resolution in a unit; see docs/files.md.</summary>
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

    /// <summary>What a TIFF's channels beyond the colours are (<see cref="TiffPage.Extra"/>), for a TIFF.</summary>
    public IReadOnlyList<ushort> Extra { get; init; } = [];

    /// <summary>The density that the file tells without a unit, which libvips takes for one with a unit.</summary>
    public Density? Ratio { get; init; }

    /// <summary>How a JPEG was encoded.</summary>
    public JpegEncoding? Encoding { get; init; }

    private bool IsExtended { get; init; }

    /// <summary>The metadata of the picture turned upright, which must not be turned again.</summary>
    /// <param name="width">Of the upright picture.</param>
    /// <param name="height">Of the upright picture.</param>
    public PictureMetadata Upright(int width, int height)
    {
        PlaceMap map = PlaceMap.Turn(ExifBlock.OrientationOf(Exif), width, height);
        return this with
        {
            Exif = ExifBlock.Edit(Exif, exif =>
            {
                exif.SetOrientation();
                exif.MoveSubject(map);
                if (map.SwapsSides)
                    exif.SwapResolution();
            }),
            Xmp = XmpPacket.Upright(Xmp, map),
            Photoshop = Photoshop is null ? null : PhotoshopResources.Moved(PhotoshopResources.WithoutThumbnail(Photoshop), map),
            Segments = map.SwapsSides ? [.. Segments.Select(segment => segment.IsJfif ? segment.WithSwappedResolution() : segment)] : Segments,
            Chunks = map.SwapsSides ? [.. Chunks.Select(chunk => chunk.Name == PngChunk.Resolution ? chunk.WithSwappedResolution() : chunk)] : Chunks,
            Ratio = map.SwapsSides ? Ratio?.Swapped() : Ratio,
        };
    }

    /// <summary>The metadata of the upright picture extended: says so, names this software, and changes nothing else.</summary>
    public PictureMetadata Extended(PlaceMap map) => this with
    {
        Exif = ExifBlock.Edit(Exif, exif =>
        {
            exif.ClearThumbnail(); // first, so that what is added takes its place
            exif.SetDimensions((int)map.NewSize.X, (int)map.NewSize.Y);
            exif.MoveSubject(map);
            exif.SetSoftware(XmpPacket.Software);
        }),
        Xmp = XmpPacket.Extended(Xmp, map, ExifBlock.SoftwareOf(Exif)),
        Photoshop = Photoshop is null ? null : PhotoshopResources.Moved(Photoshop, map),
        IsExtended = true,
    };

    /// <summary>Only what shows the picture right, and that it was extended.</summary>
    public PictureMetadata Stripped() => new()
    {
        Xmp = IsExtended ? XmpPacket.NewOfExtended() : null,
        Segments = [.. Segments.Where(segment => segment.IsJfif)],
        Chunks = [.. Chunks.Where(chunk => chunk.IsColour || chunk.Name is PngChunk.Resolution or PngChunk.Profile)],
        Extra = Extra,
        Ratio = Ratio,
        Encoding = Encoding,
        IsExtended = IsExtended,
    };
}
