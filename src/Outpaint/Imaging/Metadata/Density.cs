namespace Outpaint.Imaging.Metadata;

/// <summary>How close together a picture's pixels lie.</summary>
/// <param name="Across">Pixels per millimetre, or in the same unknown length as those down.</param>
/// <param name="Down">The same, downwards.</param>
/// <param name="HasUnit">Whether the length is a millimetre. Without it the density tells the shape of a pixel only.</param>
internal sealed record Density(double Across, double Down, bool HasUnit)
{
    /// <summary>Whether it tells nothing: square pixels of no size.</summary>
    public bool IsEmpty => !HasUnit && Across == Down;

    /// <summary>A density without a unit; null where a side has none.</summary>
    public static Density? WithoutUnit(double across, double down) => across > 0 && down > 0 ? new Density(across, down, HasUnit: false) : null;

    /// <summary>The density of the picture turned by a quarter.</summary>
    public Density Swapped() => new(Down, Across, HasUnit);

    /// <summary>Whole numbers of 16 bits in the same ratio, which are the same where they are such already.</summary>
    public (ushort Across, ushort Down) Ratio()
    {
        bool fits = IsWhole(Across) && IsWhole(Down) && Math.Max(Across, Down) <= ushort.MaxValue;
        double scale = fits ? 1 : ushort.MaxValue / Math.Max(Across, Down);
        return (Dots(Across * scale), Dots(Down * scale));
    }

    /// <summary>Whether there is no fraction of a dot.</summary>
    public static bool IsWhole(double dots) => Math.Abs(dots - Math.Round(dots)) < 0.001;

    /// <summary>The nearest number of dots that a file may tell in 16 bits.</summary>
    public static ushort Dots(double dots) => (ushort)Math.Clamp(Math.Round(dots), 1, ushort.MaxValue);
}
