namespace Outpaint.Metrics;

/// <summary>One image's share in a ratio over a set of images.</summary>
/// <param name="Numerator">What is looked at.</param>
/// <param name="Denominator">What it is compared with.</param>
public readonly record struct Ratio(double Numerator, double Denominator)
{
    /// <summary>The ratio of the sums; unlike a mean of ratios it is not ruled by flat images, whose denominators are near 0.</summary>
    public static double Pooled(IReadOnlyCollection<Ratio> ratios) =>
        ratios.Sum(ratio => ratio.Numerator) / ratios.Sum(ratio => ratio.Denominator);
}
