namespace Outpaint.Imaging;

/// <summary>How <see cref="Photo.Save"/> encodes and writes.</summary>
public sealed record SaveOptions
{
    /// <summary>
    /// 1..100 for JPEG, WebP, AVIF and HEIC; by default that of the source for a JPEG from a JPEG, else 95 for JPEG,
    /// 90 for WebP, 80 for AVIF and HEIC, whose scales differ. PNG, TIFF and a WebP that was read from a lossless one
    /// are always lossless.
    /// </summary>
    public int? Quality { get; init; }

    /// <summary>
    /// Leaves out all metadata that may be private: EXIF with its place and time, XMP, IPTC, comments and texts. Colours,
    /// resolution and the note that a picture was extended stay.
    /// </summary>
    public bool Strip { get; init; }

    /// <summary>Whether a file that exists by the end is replaced; otherwise it stays, and saving fails.</summary>
    public bool Overwrite { get; init; } = true;
}
