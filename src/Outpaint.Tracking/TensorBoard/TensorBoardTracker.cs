using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Outpaint.Tracking.TensorBoard.Protocol;

namespace Outpaint.Tracking.TensorBoard;

/// <summary>Records a run for TensorBoard: scalars, images, and config and networks as texts. It has no place for console and files.</summary>
public sealed class TensorBoardTracker : ITracker
{
    private const int Rgb = 3;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly EventFileWriter file;
    private readonly JsonObject config = [];
    private long step;

    /// <summary>Starts an event file; TensorBoard reads all those of a folder as one run.</summary>
    /// <param name="folder">Where to. It is made.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public TensorBoardTracker(string folder) => file = new EventFileWriter(folder, DateTimeOffset.UtcNow);

    /// <inheritdoc/>
    public void Configure(JsonObject values)
    {
        foreach ((string name, JsonNode? value) in values)
            config[name] = value?.DeepClone();
        WriteText("config", config.ToJsonString(Indented));
    }

    /// <summary>Does nothing: TensorBoard decides how to show a metric.</summary>
    public void Define(MetricDefinition metric)
    {
    }

    /// <inheritdoc/>
    public void LogModel(ModelDescription model) => WriteText($"model/{model.Name}", model.ToText());

    /// <inheritdoc/>
    public void Log(TrackedStep step)
    {
        this.step = step.Step;
        var summary = new Summary();
        summary.Value.Add(step.Scalars.Select(Scalar));
        foreach (IGrouping<string, TrackedImage> group in step.Images.GroupBy(image => image.Key))
            summary.Value.Add(group.Select((image, index) => Picture(group.Count() > 1 ? $"{group.Key}/{index}" : group.Key, image)));
        Append(step.Time, new Event { Summary = summary });
    }

    /// <inheritdoc/>
    public void ForgetAfter(long step)
    {
        // From the step of a session's start on, what was before it is no longer shown.
        this.step = step + 1;
        Append(DateTimeOffset.UtcNow, new Event { SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });
    }

    /// <inheritdoc/>
    public void LogSystem(SystemSample sample)
    {
        var summary = new Summary();
        summary.Value.Add(sample.Values.Select(value => Scalar(KeyValuePair.Create($"system/{value.Key}", value.Value))));
        Append(sample.Time, new Event { Summary = summary });
    }

    /// <summary>Does nothing.</summary>
    public void LogConsole(ConsoleText text)
    {
    }

    /// <summary>Does nothing.</summary>
    public void LogFile(string name, ReadOnlyMemory<byte> content)
    {
    }

    /// <summary>Does nothing: event files have no end.</summary>
    public void Finish(int exitCode)
    {
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static Summary.Types.Value Scalar(KeyValuePair<string, double> scalar) =>
        new() { Tag = scalar.Key, SimpleValue = (float)scalar.Value };

    private static Summary.Types.Value Picture(string tag, TrackedImage image) => new()
    {
        Tag = tag,
        Image = new Summary.Types.Image
        {
            Width = image.Width,
            Height = image.Height,
            Colorspace = Rgb,
            EncodedImageString = ByteString.CopyFrom(image.Png),
        },
    };

    // Shown as Markdown; four blanks keep columns and braces.
    private void WriteText(string tag, string text)
    {
        var tensor = new TensorProto { Dtype = TensorProto.Types.DataType.DtString, TensorShape = new TensorShapeProto() };
        tensor.TensorShape.Dim.Add(new TensorShapeProto.Types.Dim { Size = 1 });
        tensor.StringVal.Add(ByteString.CopyFromUtf8("    " + text.TrimEnd().ReplaceLineEndings("\n    ")));
        var summary = new Summary();
        summary.Value.Add(new Summary.Types.Value
        {
            Tag = tag,
            Tensor = tensor,
            Metadata = new SummaryMetadata { PluginData = new SummaryMetadata.Types.PluginData { PluginName = "text" } },
        });
        Append(DateTimeOffset.UtcNow, new Event { Summary = summary });
    }

    private void Append(DateTimeOffset time, Event @event)
    {
        (@event.Step, @event.WallTime) = (step, EventFileWriter.Seconds(time));
        file.Append(@event);
    }
}
