namespace Outpaint.Tests.Imaging;

/// <summary>PNG pictures of every kind to extend, 20 x 10 pixels.</summary>
internal static class PngSource
{
    /// <summary>Colour type, bits per sample, and profile: none, wide or grey.</summary>
    public static TheoryData<byte, byte, string> Kinds => new()
    {
        { PngFile.Rgb, 8, "" },
        { PngFile.Rgb, 16, "" },
        { PngFile.Rgba, 8, "" },
        { PngFile.Rgba, 16, "" },
        { PngFile.Grey, 8, "" },
        { PngFile.Grey, 16, "" },
        { PngFile.GreyAlpha, 8, "" },
        { PngFile.GreyAlpha, 16, "" },
        { PngFile.Rgb, 8, "wide" },
        { PngFile.Rgb, 16, "wide" },
        { PngFile.Rgba, 8, "wide" },
        { PngFile.Grey, 8, "grey" },
        { PngFile.Grey, 16, "grey" },
    };

    /// <param name="colourType">As PNG numbers it.</param>
    /// <param name="bits">Per sample.</param>
    /// <param name="profile">As in <see cref="Kinds"/>.</param>
    /// <param name="samples">Null for a scene.</param>
    public static byte[] Encode(byte colourType, byte bits, string profile, byte[]? samples = null)
    {
        samples ??= Pictures.Scene(20, 20).Pixels;
        int bands = colourType switch { PngFile.Rgb => 3, PngFile.GreyAlpha => 2, PngFile.Rgba => 4, _ => 1 };
        byte[] rows = [.. samples, .. samples];
        return PngFile.Encode(20, 10, colourType, bits, rows[..(200 * bands * bits / 8)], profile switch
        {
            "wide" => [PngFile.Profile(IccProfile.WideRgb())],
            "grey" => [PngFile.Profile(IccProfile.Grey(1.8))],
            _ => [],
        });
    }
}
