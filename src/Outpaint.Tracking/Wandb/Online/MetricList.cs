using System.Text.Json.Nodes;
using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>The definitions of a run's metrics as its configuration lists them: fields by their numbers, flags that are set by theirs.</summary>
internal sealed class MetricList
{
    private readonly List<MetricRecord> metrics = [];

    /// <summary>Adds a definition, or replaces the one of the same name. Patterns of names are not listed.</summary>
    public void Add(MetricRecord metric)
    {
        if (metric.Name.Length == 0)
            return;
        metrics[IndexOf(metric.Name)] = metric;
        if (metric.StepMetric.Length > 0)
            IndexOf(metric.StepMetric);
    }

    /// <summary>The list.</summary>
    public JsonArray ToJson() => new([.. metrics.Select(ToJson)]);

    private JsonNode ToJson(MetricRecord metric)
    {
        var json = new JsonObject { ["1"] = metric.Name };
        if (metric.StepMetric.Length > 0)
            json["5"] = IndexOf(metric.StepMetric) + 1;
        MetricOptions options = metric.Options ?? new();
        json["6"] = Numbers(options.StepSync, options.Hidden, options.Defined);
        Protocol.MetricSummary summary = metric.Summary ?? new();
        json["7"] = Numbers(
            summary.Min, summary.Max, summary.Mean, summary.Best, summary.Last, summary.None, summary.Copy, summary.First);
        if (metric.Goal != MetricRecord.Types.MetricGoal.GoalUnset)
            json["8"] = (int)metric.Goal;
        return json;
    }

    // A metric that others are drawn against is listed, even without a definition.
    private int IndexOf(string name)
    {
        int index = metrics.FindIndex(metric => metric.Name == name);
        if (index >= 0)
            return index;
        metrics.Add(new MetricRecord { Name = name });
        return metrics.Count - 1;
    }

    private static JsonArray Numbers(params ReadOnlySpan<bool> flags)
    {
        var numbers = new JsonArray();
        for (int i = 0; i < flags.Length; i++)
        {
            if (flags[i])
                numbers.Add(JsonValue.Create(i + 1));
        }

        return numbers;
    }
}
