namespace Outpaint.Imaging;

/// <summary>The file formats that are read and written, by extension.</summary>
public static class PictureFormat
{
    /// <summary>The formats that are read, as a person would say it.</summary>
    public const string Names = "JPEG, PNG, WebP, TIFF, GIF, AVIF or HEIC";

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = "jpeg",
        [".jpeg"] = "jpeg",
        [".jpe"] = "jpeg",
        [".jfif"] = "jpeg",
        [".png"] = "png",
        [".webp"] = "webp",
        [".tif"] = "tiff",
        [".tiff"] = "tiff",
        [".avif"] = "avif",
        [".heic"] = "heic",
        [".heif"] = "heic",
        [".hif"] = "heic",
    };

    // A result would need more colours than it has.
    private const string ReadOnly = ".gif";

    /// <summary>The extensions of files that are read, with their dots.</summary>
    public static IReadOnlyCollection<string> Extensions { get; } = [.. ByExtension.Keys, ReadOnly];

    /// <summary>The extensions of files that are written, with their dots.</summary>
    public static IReadOnlyCollection<string> WrittenExtensions => ByExtension.Keys;

    /// <summary>Whether a file name has one of the <see cref="WrittenExtensions"/>, in any case.</summary>
    public static bool CanBeWritten(string path) => ByExtension.ContainsKey(Path.GetExtension(path));

    /// <summary>Whether a file name has one of the <see cref="Extensions"/>, in any case.</summary>
    public static bool IsSupported(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The extension for a result of the same kind as a file: its own where that can be written, else that of its content
    /// where its own is none that is known, else .png.
    /// </summary>
    public static string ResultExtension(string path) => CanBeWritten(path)
        ? Path.GetExtension(path)
        : (IsSupported(path) ? null : PictureSignature.ExtensionOf(path)) ?? ".png";

    /// <summary>Whether files of a name's format hold every pixel exactly, so that there is no quality to choose.</summary>
    public static bool IsLossless(string path) => ByExtension.GetValueOrDefault(Path.GetExtension(path)) is "png" or "tiff";

    /// <summary>The most pixels that a side of a file can have; <see cref="int.MaxValue"/> where the format sets no limit that a picture reaches.</summary>
    /// <param name="path">The file's name.</param>
    /// <param name="shortSide">The pixels of the picture's other side, which HEIC's limit hangs on.</param>
    public static int LongestSide(string path, int shortSide) => ByExtension.GetValueOrDefault(Path.GetExtension(path)) switch
    {
        "jpeg" => 65_500, // libjpeg's; the format would have 65535
        "webp" => 16_383,
        // x265 encodes the narrow ones in blocks that it allows in small pictures only; the wide ones libheif would not read again.
        "heic" => shortSide < 32 ? 4216 : 16_383,
        "avif" => 16_384, // as with HEIC: longer ones are written, but would not be read again
        _ => int.MaxValue,
    };

    /// <summary>Why a file of a name's format cannot hold a canvas, as a person would say it, so that it is told before the work; null where it can.</summary>
    public static string? Misfit(string path, int width, int height)
    {
        int longest = LongestSide(path, Math.Min(width, height));
        return Math.Max(width, height) <= longest
            ? null
            : $"a canvas of {width} x {height} pixels does not fit into a {Path.GetExtension(path)} file, whose sides have at most {longest}";
    }

    /// <summary>The media type of files that are written under a name: image/jpeg for "photo.jfif".</summary>
    /// <exception cref="PictureException">The extension is of no format that can be written.</exception>
    public static string MediaType(string path) => $"image/{Of(path)}"; // the bridge's names are those that IANA has

    /// <summary>The native bridge's name for the format of a file to be written.</summary>
    /// <exception cref="PictureException">The extension is of no such format.</exception>
    internal static string Of(string path) => ByExtension.TryGetValue(Path.GetExtension(path), out string? format)
        ? format
        : throw new PictureException(path, $"not a format that can be written; use one of {string.Join(' ', WrittenExtensions)}.");
}
