namespace Outpaint.Imaging.Metadata;

internal sealed partial class ExifBlock
{
    private const ushort XResolution = 0x11A, YResolution = 0x11B, ResolutionUnit = 0x128, NoUnit = 1, Inches = 2;

    /// <summary>Whether the block tells a resolution.</summary>
    public static bool HasResolution(byte[]? exif)
    {
        bool has = false;
        Edit(exif, copy => has = copy.Main(XResolution) > 0);
        return has;
    }

    /// <summary>The resolution that the block tells without a unit; null where it has one.</summary>
    public static Density? RatioOf(byte[]? exif)
    {
        Density? ratio = null;
        Edit(exif, copy => ratio = copy.block.Shorts(copy.Main(ResolutionUnit)) is [NoUnit]
            ? Density.WithoutUnit(copy.block.Fraction(copy.Main(XResolution)), copy.block.Fraction(copy.Main(YResolution)))
            : null);
        return ratio;
    }

    /// <summary>The block, or where there is none another, with a picture's resolution, unless it tells one.</summary>
    public static byte[]? WithResolution(byte[]? exif, Density? density) => density is null || HasResolution(exif)
        ? exif
        : Edit(exif, block => block.SetResolution(density)) ?? Edit(Empty, block => block.SetResolution(density));

    /// <summary>Makes the resolution across that down, and the other way round.</summary>
    public void SwapResolution() => block.Swap(Main(XResolution), Main(YResolution));

    private void SetResolution(Density density)
    {
        (uint across, uint down) = density.HasUnit ? (Hundredths(density.Across), Hundredths(density.Down)) : density.Ratio();
        uint denominator = density.HasUnit ? 100u : 1;
        block.SetFraction(MainOrNew(XResolution), across, denominator);
        block.SetFraction(MainOrNew(YResolution), down, denominator);
        block.SetShort(MainOrNew(ResolutionUnit), density.HasUnit ? Inches : NoUnit);
    }

    // Of a dot per inch.
    private static uint Hundredths(double perMillimetre) => (uint)Math.Clamp(Math.Round(perMillimetre * 2540), 1, uint.MaxValue);
}
