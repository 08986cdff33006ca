using Outpaint.Imaging;

namespace Outpaint.Cli.Commands;

/// <summary>The names of results: photo.jpg becomes photo_outpainted.jpg.</summary>
internal static class ResultName
{
    private const string Suffix = "_outpainted";
    private const string MaskSuffix = "_mask";

    /// <summary>The name of a picture's result; folders in front of it stay.</summary>
    /// <param name="picture">The picture's name.</param>
    /// <param name="format">The result's format; null for the picture's own, or PNG where that cannot be written.</param>
    public static string Of(string picture, ResultFormat? format) =>
        Path.ChangeExtension(picture, null) + Suffix + (format is null ? PictureFormat.ResultExtension(picture) : "." + format.ToString()!.ToLowerInvariant());

    /// <summary>The name of the mask beside a result.</summary>
    public static string OfMask(string result) => Path.ChangeExtension(result, null) + MaskSuffix + ".png";

    /// <summary>Whether a file's name is one of those.</summary>
    public static bool Matches(string file)
    {
        string stem = Path.GetFileNameWithoutExtension(file);
        return stem.EndsWith(Suffix, StringComparison.Ordinal) || stem.EndsWith(Suffix + MaskSuffix, StringComparison.Ordinal);
    }
}
