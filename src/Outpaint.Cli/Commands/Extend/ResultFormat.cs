namespace Outpaint.Cli.Commands.Extend;

/// <summary>The file formats of results, by their extensions.</summary>
internal enum ResultFormat
{
    Jpg,
    Jpeg,
    Png,
    Webp,
    Tif,
    Tiff,
    Avif,
    Heic,
}
