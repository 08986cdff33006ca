using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Outpaint.Training;

/// <summary>The limits of an option's numbers in words, for help and for the error where one is overstepped.</summary>
internal sealed class ValueLimits(RangeAttribute range)
{
    /// <summary>All of them: "at least 0, below 1".</summary>
    public override string ToString() => HasHighest ? $"{Lowest}, {Highest}" : Lowest;

    /// <summary>The one that a value oversteps; null if it keeps to them.</summary>
    public string? OversteppedBy(object? value) =>
        range.IsValid(value) ? null : Number(value) >= Number(range.Maximum) ? Highest : Lowest;

    // The largest number that there is limits nobody.
    private bool HasHighest => range.Maximum is not (int.MaxValue or (double)long.MaxValue);

    private string Lowest => $"{(range.MinimumIsExclusive ? "above" : "at least")} {Words(range.Minimum)}";

    private string Highest => $"{(range.MaximumIsExclusive ? "below" : "at most")} {Words(range.Maximum)}";

    private static string Words(object limit) => Convert.ToString(limit, CultureInfo.InvariantCulture)!;

    private static double Number(object? value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
