using Outpaint.Imaging;

namespace Outpaint.Cli.Commands;

/// <summary>The file formats of results.</summary>
internal enum ResultFormat
{
    Same,
    Jpeg,
    Png,
    Webp,
    Tiff,
    Avif,
    Heic,
}

/// <summary>The names that formats give to files.</summary>
internal static class ResultFormats
{
    /// <summary>The extension, with its dot, of a picture's result.</summary>
    public static string ExtensionFor(this ResultFormat format, string picture) => format switch
    {
        ResultFormat.Same => PictureFormat.ResultExtension(picture),
        ResultFormat.Jpeg => ".jpg",
        ResultFormat.Tiff => ".tif",
        _ => "." + format.ToString().ToLowerInvariant(),
    };
}
