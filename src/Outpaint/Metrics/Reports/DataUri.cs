using Outpaint.Imaging;

namespace Outpaint.Metrics.Reports;

/// <summary>Pictures inside the text of a page (RFC 2397).</summary>
internal static class DataUri
{
    // WebP at this quality is a tenth of a PNG, and nothing of what a fill does wrong is lost.
    private const int Quality = 90;

    /// <summary>The picture as WebP.</summary>
    public static string Of(RgbImage image) => "data:image/webp;base64,"
        + Convert.ToBase64String(PictureWriter.Encode(image, new PhotoEncoding("webp", Quality, Subsample: false)));
}
