using System.Text.Json.Nodes;
using Google.Protobuf;
using Outpaint.Tracking.Wandb.Protocol;
using RecordKind = Outpaint.Tracking.Wandb.Protocol.Record.RecordTypeOneofCase;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>A run's configuration as W&amp;B's servers want it: every value below "value", and "_wandb" about the client.</summary>
internal sealed class RunConfig
{
    private readonly RawJsonObject values = new();
    private readonly MetricList metrics = new();
    private readonly TelemetryRecord telemetry = new();
    private readonly EnvironmentRecord environment = new();

    /// <summary>Whether it changed since this was last set to false.</summary>
    public bool Changed { get; set; }

    /// <summary>The program's name, or empty.</summary>
    public string Program => environment.Program;

    /// <summary>Facts about machine and program as JSON, or null if none were logged.</summary>
    public string? Metadata => environment.CalculateSize() > 0 ? JsonFormatter.Default.Format(environment) : null;

    /// <summary>Takes over what an earlier part of the run was configured with and this one is not.</summary>
    public void Inherit(IReadOnlyDictionary<string, string> earlier)
    {
        foreach ((string key, string json) in earlier)
        {
            if (!values.Has(key))
                values.Set(key, json);
        }
    }

    /// <summary>Applies a record that is about the configuration; others change nothing.</summary>
    public void Apply(Record record)
    {
        switch (record.RecordTypeCase)
        {
            case RecordKind.Run when record.Run.Config is { } initial:
                Apply(initial);
                break;
            case RecordKind.Config:
                Apply(record.Config);
                break;
            case RecordKind.Metric:
                metrics.Add(record.Metric);
                break;
            case RecordKind.Telemetry:
                telemetry.MergeFrom(record.Telemetry);
                break;
            case RecordKind.Environment:
                environment.MergeFrom(record.Environment);
                break;
            default:
                return;
        }

        Changed = true;
    }

    /// <summary>The configuration as JSON.</summary>
    public override string ToString()
    {
        var config = new RawJsonObject();
        foreach ((string key, string json) in values.Members)
            config.Set(key, $$"""{"value":{{json}}}""");
        config.Set("_wandb", new JsonObject { ["value"] = AboutClient() }.ToJsonString());
        return config.ToString();
    }

    private void Apply(ConfigRecord config)
    {
        foreach (ConfigItem item in config.Update.Where(item => item.Key != "_wandb"))
            values.Set(item.Key, item.ValueJson);
    }

    // By the numbers of the fields of TelemetryRecord and MetricRecord. Without "t", no client resumes the run.
    private JsonObject AboutClient()
    {
        var telemetryFields = new JsonObject();
        foreach (var field in TelemetryRecord.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.Accessor.GetValue(telemetry) is string { Length: > 0 } text)
                telemetryFields[$"{field.FieldNumber}"] = text;
        }

        var about = new JsonObject { ["cli_version"] = telemetry.CliVersion, ["t"] = telemetryFields, ["m"] = metrics.ToJson() };
        if (environment.WriterId.Length > 0)
            about["e"] = new JsonObject { [environment.WriterId] = JsonNode.Parse(Metadata!) };
        return about;
    }
}
