using System.Globalization;
using System.Text.RegularExpressions;

namespace Outpaint.Tracking.Wandb;

/// <summary>What stands for a metric of which the best value counts, {"min":0.5} or {"max":0.5}, across the parts of a run.</summary>
internal static partial class BestValue
{
    /// <summary>The better of two, where both are such values of one kind; otherwise the later.</summary>
    /// <param name="earlier">JSON of the run's earlier parts.</param>
    /// <param name="later">JSON of this part, which knows nothing of them.</param>
    public static string Of(string earlier, string later)
    {
        Match before = Pattern().Match(earlier), now = Pattern().Match(later);
        string kind = now.Groups["kind"].Value;
        if (!before.Success || !now.Success || before.Groups["kind"].Value != kind || !TryRead(before, out double was))
            return later;
        bool isBetter = TryRead(now, out double value) && (kind == "min" ? value < was : value > was);
        return isBetter ? later : earlier;
    }

    private static bool TryRead(Match match, out double value) =>
        double.TryParse(match.Groups["value"].ValueSpan, CultureInfo.InvariantCulture, out value) && !double.IsNaN(value);

    [GeneratedRegex("""^\s*\{\s*"(?<kind>min|max)"\s*:\s*(?<value>[^{}",]+?)\s*\}\s*$""")]
    private static partial Regex Pattern();
}
