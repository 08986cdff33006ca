using System.Text.Json.Nodes;
using Google.Protobuf;
using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>The definitions of a run's metrics as its configuration lists them: fields by their numbers, flags that are set by theirs.</summary>
internal sealed class MetricList
{
    private readonly List<MetricRecord> metrics = [];

    /// <summary>Adds a definition, or replaces the one of the same name.</summary>
    public void Add(MetricRecord metric)
    {
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
        json["6"] = SetFlags(metric.Options ?? new());
        json["7"] = SetFlags(metric.Summary ?? new());
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

    private static JsonArray SetFlags(IMessage flags) => new([.. flags.Descriptor.Fields.InFieldNumberOrder()
        .Where(field => field.Accessor.GetValue(flags) is true).Select(field => JsonValue.Create(field.FieldNumber))]);
}
