namespace Outpaint.Imaging;

/// <summary>The file formats that are read and written, by extension.</summary>
public static class PictureFormat
{
    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = "jpeg",
        [".jpeg"] = "jpeg",
        [".png"] = "png",
        [".webp"] = "webp",
        [".tif"] = "tiff",
        [".tiff"] = "tiff",
        [".avif"] = "avif",
        [".heic"] = "heic",
        [".heif"] = "heic",
    };

    /// <summary>The extensions, with their dots.</summary>
    public static IReadOnlyCollection<string> Extensions => ByExtension.Keys;

    /// <summary>Whether a file name has one of the <see cref="Extensions"/>, in any case.</summary>
    public static bool IsSupported(string path) => ByExtension.ContainsKey(Path.GetExtension(path));

    /// <summary>The native bridge's name for the format of a file to be written.</summary>
    /// <exception cref="PictureException">The extension is none of the <see cref="Extensions"/>.</exception>
    internal static string Of(string path) => ByExtension.TryGetValue(Path.GetExtension(path), out string? format)
        ? format
        : throw new PictureException(path, $"not a format that can be written; use one of {string.Join(' ', Extensions)}.");
}
