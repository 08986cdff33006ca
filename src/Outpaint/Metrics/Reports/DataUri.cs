using Outpaint.Imaging;

namespace Outpaint.Metrics.Reports;

/// <summary>Pictures inside the text of a page (RFC 2397).</summary>
internal static class DataUri
{
    // WebP at this quality is a tenth of a PNG, and nothing of what a fill does wrong is lost.
    private const int Quality = 90;

    /// <summary>The picture as WebP.</summary>
    public static string Of(RgbImage image)
    {
        using PhotoHandle photo = NativePhoto.FromRgb(image);
        string temporary = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var stream = new FileStream(
            temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        NativePhoto.Save(photo, stream.SafeFileHandle, new PhotoEncoding("webp", Quality, Subsample: false), xmp: null, temporary);
        var bytes = new byte[stream.Length];
        stream.Position = 0;
        stream.ReadExactly(bytes);
        return "data:image/webp;base64," + Convert.ToBase64String(bytes);
    }
}
