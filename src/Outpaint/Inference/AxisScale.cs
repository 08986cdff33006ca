namespace Outpaint.Inference;

/// <summary>How one axis of a large canvas and of a small one correspond: by the picture that lies on both.</summary>
/// <param name="Small">The picture's length on the small canvas.</param>
/// <param name="Large">Its length on the large canvas.</param>
/// <param name="SmallStart">Where it begins on the small canvas.</param>
/// <param name="LargeStart">Where it begins on the large canvas.</param>
internal readonly record struct AxisScale(int Small, int Large, int SmallStart, int LargeStart)
{
    // Of a pixel: what divisions may be off by.
    private const double Rounding = 1e-6;

    /// <summary>Large pixels per small one.</summary>
    public double Factor => Large / (double)Small;

    /// <summary>Where the centre of a pixel of the large canvas lies on the small one, whose pixel i has its centre at i.</summary>
    public double ToSmall(int pixel) => SmallStart - 0.5 + ((pixel - LargeStart + 0.5) * Small / Large);

    /// <summary>The whole pixels of the small canvas that show nothing but a stretch of the large one; at least one.</summary>
    /// <param name="start">Where the stretch begins on the large canvas.</param>
    /// <param name="length">Its length there.</param>
    public (int Start, int Length) Within(int start, int length)
    {
        double first = SmallStart + ((start - LargeStart) / Factor), end = SmallStart + ((start + length - LargeStart) / Factor);
        // Of a stretch that fills no pixel, the one nearest to it; never one beside the picture.
        int whole = Math.Clamp((int)Math.Ceiling(first - Rounding), SmallStart, SmallStart + Small - 1);
        return (whole, Math.Max(1, (int)Math.Floor(end + Rounding) - whole));
    }

    /// <summary>A distance on the small canvas in whole pixels of the large one.</summary>
    public int ToLarge(double distance) => (int)Math.Round(distance * Factor);
}
