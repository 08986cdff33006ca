namespace Outpaint.Tracking.Wandb;

/// <summary>The values that stand for a run. `wandb sync` does not work them out; the writer of the log must.</summary>
/// <param name="earlier">What stood for the run in its earlier parts, as JSON.</param>
internal sealed class RunSummary(IReadOnlyDictionary<string, string> earlier)
{
    private readonly Dictionary<string, (MetricSummary Kind, double Best)> best = [];

    /// <summary>From now on the metric's best value stands for it.</summary>
    internal void Define(MetricDefinition metric)
    {
        if (metric.Summary == MetricSummary.Last)
            best.Remove(metric.Name);
        else
            best[metric.Name] = (metric.Summary, double.NaN);
    }

    /// <summary>What stands for a key after a step.</summary>
    /// <param name="key">A metric, or something else that the step holds.</param>
    /// <param name="scalars">The step's metrics.</param>
    /// <param name="last">The key's value in the step, as JSON.</param>
    /// <returns>JSON: the value itself, or an object such as {"min":0.5}.</returns>
    internal string Update(string key, IReadOnlyDictionary<string, double> scalars, string last)
    {
        if (!best.TryGetValue(key, out (MetricSummary Kind, double Best) known) || !scalars.TryGetValue(key, out double value))
            return last;
        bool isBetter = double.IsNaN(known.Best) || (known.Kind == MetricSummary.Min ? value < known.Best : value > known.Best);
        if (isBetter)
            best[key] = known = (known.Kind, value);
        string json = $"{{\"{(known.Kind == MetricSummary.Min ? "min" : "max")}\":{WandbJson.Serialize(known.Best)}}}";
        return BestValue.Of(earlier.GetValueOrDefault(key, ""), json);
    }
}
