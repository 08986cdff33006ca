namespace Outpaint.Cli.Commands;

/// <summary>The file formats of results.</summary>
internal enum ResultFormat
{
    Jpeg,
    Png,
    Webp,
    Tiff,
    Avif,
    Heic,
}
