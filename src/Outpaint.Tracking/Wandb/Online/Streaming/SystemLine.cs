using Google.Protobuf.WellKnownTypes;
using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb.Online.Streaming;

/// <summary>A measurement of the machine as a line of <c>wandb-events.jsonl</c>.</summary>
internal static class SystemLine
{
    /// <summary>Writes the line.</summary>
    /// <param name="stats">The measurement.</param>
    /// <param name="start">When this part of the run began, if that is known.</param>
    /// <param name="earlierSeconds">How long its earlier parts took.</param>
    public static string Format(StatsRecord stats, Timestamp? start, long earlierSeconds)
    {
        DateTime time = stats.Timestamp.ToDateTime();
        double runtime = (time - (start?.ToDateTime() ?? time)).TotalSeconds + earlierSeconds;
        var line = new RawJsonObject();
        line.Set("_wandb", "true");
        line.Set("_timestamp", WandbJson.Serialize((time - DateTime.UnixEpoch).TotalSeconds));
        line.Set("_runtime", WandbJson.Serialize(runtime));
        foreach (StatsItem item in stats.Item)
            line.Set("system." + item.Key, item.ValueJson);
        return line.ToString();
    }
}
