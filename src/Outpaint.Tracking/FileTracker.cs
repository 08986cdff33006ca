using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Outpaint.Tracking;

/// <summary>
/// Records a run in plain files: <c>run.json</c> (config and exit code), <c>metrics.jsonl</c> (a line per step),
/// <c>system.jsonl</c>, <c>output.log</c>, a PNG per picture (<c>KEY/STEP.png</c>), a text per network.
/// </summary>
/// <remarks>
/// Lines are appended to what an earlier part of the run left. Each begins with its <c>step</c> or <c>time</c>; a value of
/// that name is left out.
/// </remarks>
public sealed class FileTracker : ITracker
{
    // NaN is no JSON number; as a string it comes back as NaN.
    private static readonly JsonSerializerOptions Line = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly string folder;
    private readonly JsonObject run;

    /// <summary>Names a folder and makes it.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public FileTracker(string folder)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        run = Earlier();
    }

    /// <inheritdoc/>
    public void Configure(JsonObject values)
    {
        run.Remove("exit_code"); // an earlier part's; this one goes on
        foreach ((string name, JsonNode? value) in values)
            run["config"]![name] = value?.DeepClone();
        WriteRun();
    }

    /// <summary>Does nothing: whoever reads the files decides how to show them.</summary>
    public void Define(MetricDefinition metric)
    {
    }

    /// <inheritdoc/>
    public void LogModel(ModelDescription model) => Replace(PathOf($"{model.Name}.txt"), Encoding.UTF8.GetBytes(model.ToText()));

    /// <inheritdoc/>
    public void Log(TrackedStep step)
    {
        if (step.Scalars.Count > 0)
            Append("metrics.jsonl", new JsonObject { ["step"] = step.Step }, step.Scalars);
        foreach (IGrouping<string, TrackedImage> group in step.Images.GroupBy(image => image.Key))
        {
            foreach ((int index, TrackedImage image) in group.Index())
                Replace(PathOf($"{group.Key}/{step.Step:D7}{(group.Count() > 1 ? $"_{index}" : "")}.png"), image.Png);
        }
    }

    /// <inheritdoc/>
    public void ForgetAfter(long step)
    {
        string path = PathOf("metrics.jsonl");
        if (File.Exists(path))
            Replace(path, Encoding.UTF8.GetBytes(string.Concat(File.ReadLines(path).Where(line => StepOf(line) <= step).Select(line => line + "\n"))));
    }

    /// <inheritdoc/>
    public void LogSystem(SystemSample sample) => Append("system.jsonl", new JsonObject { ["time"] = sample.Time }, sample.Values);

    /// <inheritdoc/>
    public void LogConsole(ConsoleText text) => File.AppendAllText(PathOf("output.log"), text.Text);

    /// <inheritdoc/>
    public void LogFile(string name, ReadOnlyMemory<byte> content) => Replace(PathOf(name), content.Span);

    /// <inheritdoc/>
    public void Finish(int exitCode)
    {
        run["exit_code"] = exitCode;
        WriteRun();
    }

    /// <summary>Nothing is held open.</summary>
    public void Dispose()
    {
    }

    // What an earlier part of the run recorded, for a part that fails before it knows its configuration.
    private JsonObject Earlier()
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllText(PathOf("run.json"))) is JsonObject earlier && earlier["config"] is JsonObject)
                return earlier;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // There is none, or it is no longer one.
        }
        return new JsonObject { ["config"] = new JsonObject() };
    }

    // A kill can cut the last line short; a line without a step counts as after any step.
    private static double StepOf(string line)
    {
        try
        {
            return JsonNode.Parse(line)?["step"]?.GetValue<double>() ?? double.MaxValue;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return double.MaxValue;
        }
    }

    // Under its name once it is whole: a kill or a full disk leaves the file of before, or none. Outpaint.Torch's AtomicFile does
    // the same and more, but this package is for programs without tensors, too, and a fourth one is not worth so few lines.
    private static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + ".tmp";
        try
        {
            using (FileStream stream = File.Create(temporary))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private void WriteRun() => Replace(PathOf("run.json"), Encoding.UTF8.GetBytes(run.ToJsonString(Line) + "\n"));

    // Node by node: serialising by reflection does not survive trimming.
    private void Append(string file, JsonObject line, IEnumerable<KeyValuePair<string, double>> values)
    {
        foreach ((string name, double value) in values)
            line.TryAdd(name, value); // where a line begins with that name, it keeps what it begins with
        File.AppendAllText(PathOf(file), line.ToJsonString(Line) + "\n");
    }

    private string PathOf(string name) => RunPath.Of(folder, name);
}
