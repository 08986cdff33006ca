using System.Text.RegularExpressions;
using Outpaint.Imaging;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>The names of results: photo.jpg becomes photo_outpainted.jpg, or photo_outpainted_seed0.jpg if there are several.</summary>
internal static partial class ResultName
{
    /// <summary>The name of a picture's result; folders in front of the picture's name stay.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="format">The result's format; null for the picture's own, or PNG where that cannot be written.</param>
    /// <param name="seed">The fill's seed, where the picture has several.</param>
    public static string Of(InputPicture picture, ResultFormat? format, int? seed = null)
    {
        string extension = format is null ? PictureFormat.ResultExtension(picture.Path) : "." + format.ToString()!.ToLowerInvariant();
        string variation = seed is null ? "" : $"_seed{seed}";
        return $"{Path.ChangeExtension(picture.Name, null)}_outpainted{variation}{extension}";
    }

    /// <summary>The name of the mask beside a result.</summary>
    public static string OfMask(string result) => Path.ChangeExtension(result, null) + "_mask.png";

    /// <summary>The results of other formats whose mask would have the same name.</summary>
    public static IEnumerable<string> OthersOfMask(string result) =>
        PictureFormat.WrittenExtensions.Select(extension => Path.ChangeExtension(result, extension)).Where(other => other != result);

    /// <summary>Whether a file's name is one of those.</summary>
    public static bool Matches(string file) => Result.IsMatch(Path.GetFileNameWithoutExtension(file));

    [GeneratedRegex("_outpainted(_seed[0-9]+)?(_mask)?$")]
    private static partial Regex Result { get; }
}
