using Outpaint.Metrics.Evaluation;

namespace Outpaint.Metrics.Reports;

/// <summary>Photos worth a look together.</summary>
/// <param name="Title">What they have in common.</param>
/// <param name="Photos">Their positions in the set.</param>
internal sealed record ExampleGroup(string Title, IReadOnlyList<int> Photos)
{
    /// <summary>The photos on which a method does worst, middling and best: by LPIPS, or by L1 where that was not measured.</summary>
    /// <param name="method">The method.</param>
    /// <param name="count">How many photos in all, at most.</param>
    public static ExampleGroup[] Choose(MethodResult method, int count)
    {
        IReadOnlyList<PhotoScore> scores = method.PhotoScores;
        int[] worstFirst = [.. Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i].Lpips ?? scores[i].L1)];
        int perGroup = Math.Min(count, scores.Count) / 3;
        // Too few for three groups: all of them are one.
        if (perGroup == 0)
            return [new ExampleGroup("From the worst to the best", worstFirst[..Math.Min(count, scores.Count)])];
        string by = $"by {(method.Lpips is null ? "L1" : "LPIPS")} of {method.Method}";
        int middle = (scores.Count - perGroup) / 2;
        return
        [
            new ExampleGroup($"Worst {by}", worstFirst[..perGroup]),
            new ExampleGroup($"Median {by}", worstFirst[middle..(middle + perGroup)]),
            new ExampleGroup($"Best {by}", [.. worstFirst[^perGroup..].Reverse()]),
        ];
    }
}
