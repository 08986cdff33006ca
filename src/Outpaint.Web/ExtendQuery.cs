using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Web;

/// <summary>
/// What a request asks for: <c>?ratio=0.5</c>, or pixels on single sides, <c>?left=300&amp;top=20</c>. All are text here, as ASP.NET Core
/// would take the comma of "0,5" for nothing and answer other words without one of its own.
/// </summary>
/// <param name="Ratio">How much longer each side becomes, relative to itself; 0.5 where nothing is asked for.</param>
/// <param name="Left">Columns to add on the left.</param>
/// <param name="Top">Rows to add above.</param>
/// <param name="Right">Columns to add on the right.</param>
/// <param name="Bottom">Rows to add below.</param>
/// <param name="Seed">Another number, another fill.</param>
/// <param name="Format">What the answer is: jpg, png, webp or another that is written.</param>
public sealed record ExtendQuery(
    string? Ratio = null, string? Left = null, string? Top = null, string? Right = null, string? Bottom = null, string Seed = "0", string Format = "jpg")
{
    private static readonly string[] Names = [.. typeof(ExtendQuery).GetProperties().Select(property => property.Name.ToLowerInvariant())];

    /// <summary>Refuses names of parameters that there are not: with a mistyped one, a photo would not be extended as asked.</summary>
    /// <exception cref="BadHttpRequestException">One is unknown.</exception>
    public static void RequireKnown(IEnumerable<string> names)
    {
        if (names.Except(Names, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
            throw new BadHttpRequestException($"{Shown(unknown)} is no parameter; there are {string.Join(", ", Names)}.");
    }

    /// <summary>Where a photo of a size lies on the canvas asked for.</summary>
    /// <exception cref="BadHttpRequestException">A value makes no sense, or two contradict each other.</exception>
    /// <exception cref="OutpaintException">The photo cannot be extended so far.</exception>
    public CanvasGeometry Canvas(int width, int height)
    {
        if ((Left ?? Top ?? Right ?? Bottom) is not null)
        {
            return Ratio is null
                ? CanvasGeometry.ForMargins(width, height, Whole(Left, 0), Whole(Top, 0), Whole(Right, 0), Whole(Bottom, 0))
                : throw new BadHttpRequestException("ratio and single sides each say how far the photo grows; leave one out.");
        }

        if (!double.TryParse(Ratio ?? "0.5", NumberStyles.Float, CultureInfo.InvariantCulture, out double share) || !(share > 0 && share <= CanvasGeometry.MaxRatio))
            throw new BadHttpRequestException($"ratio is {Shown(Ratio)}; it must be above 0 and at most {CanvasGeometry.MaxRatio}, with a point for fractions.");
        return CanvasGeometry.ForRatio(width, height, share);
    }

    /// <summary>The seed.</summary>
    /// <exception cref="BadHttpRequestException">It is no whole number.</exception>
    public int SeedNumber() => Whole(Seed, int.MinValue);

    /// <summary>The extension of a file of the format.</summary>
    /// <exception cref="BadHttpRequestException">It is not written.</exception>
    public string Extension() => PictureFormat.WrittenExtensions.Contains("." + Format, StringComparer.OrdinalIgnoreCase)
        ? "." + Format.ToLowerInvariant()
        : throw new BadHttpRequestException($"format is {Shown(Format)}; it must be {string.Join(", ", PictureFormat.WrittenExtensions).Replace(".", "", StringComparison.Ordinal)}.");

    private static int Whole(string? text, int least, [CallerArgumentExpression(nameof(text))] string name = "") =>
        int.TryParse(text ?? "0", CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new BadHttpRequestException($"{name.ToLowerInvariant()} is {Shown(text)}; it must be a whole number{(least == 0 ? " of pixels, 0 or more" : "")}.");

    private static string Shown(string? text) => string.IsNullOrWhiteSpace(text) ? "empty" : text;
}
