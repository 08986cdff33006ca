namespace Outpaint.Imaging;

/// <summary>How <see cref="Photo.Save"/> encodes.</summary>
public sealed record SaveOptions
{
    /// <summary>
    /// 1..100 for JPEG, WebP, AVIF and HEIC; by default 95 for JPEG, 90 for WebP, 80 for AVIF and HEIC, whose scales differ.
    /// PNG, TIFF and a WebP that was read from a lossless one are always lossless.
    /// </summary>
    public int? Quality { get; init; }
}
