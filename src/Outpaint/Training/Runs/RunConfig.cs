using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Outpaint.Torch.Serialization;

namespace Outpaint.Training.Runs;

/// <summary>A run's options on disk, which people edit.</summary>
internal static class RunConfig
{
    /// <summary>The file's name in the run's folder.</summary>
    internal const string Name = "config.json";

    private static readonly IList<JsonPropertyInfo> Options = TrainingJson.Config.GetTypeInfo(typeof(TrainingOptions)).Properties;

    /// <summary>Writes the options, with whole paths: a run may go on from another working directory.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void Write(string path, TrainingOptions options) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, RunPaths.Whole(options), TrainingJson.Config));

    /// <summary>The options of a folder's run, as <see cref="RunFolder.ReadConfig"/> says.</summary>
    /// <exception cref="TrainingException">There is no readable file, or an option in it has a value that it cannot have.</exception>
    internal static TrainingOptions Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            TrainingOptions options = JsonSerializer.Deserialize<TrainingOptions>(File.ReadAllBytes(path), TrainingJson.Config)
                ?? throw new JsonException("the file is empty");
            RequireLimits(options);
            return RunPaths.Moved(options, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            string remedy = e is JsonException or ArgumentException ? "Mend it, or name" : "Name";
            throw new TrainingException($"Cannot resume from {folder}: {path} cannot be read ({Reason(e)}). {remedy} the folder of an earlier run.", e);
        }
    }

    private static void RequireLimits(TrainingOptions options)
    {
        foreach (JsonPropertyInfo option in Options)
        {
            object? value = option.Get!(options);
            if (AllowedValues.LimitsOf(option)?.OversteppedBy(value) is { } limit)
                throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"'{option.Name}' is {value}; it must be {limit}"));
        }
    }

    // The serialiser's own words name .NET types.
    private static string Reason(Exception exception) => exception switch
    {
        JsonException { Path: ['$', '.', .. var place] } => $"'{place}' has a value that it cannot have{Allowed(place)}",
        JsonException { Path: "$" } => "it is no list of options",
        ArgumentException => "it names a path that cannot be one",
        _ => exception.Message.TrimEnd('.'),
    };

    // The place may lie within a list: "data_path[0]".
    private static string Allowed(string place) => Options.FirstOrDefault(option => option.Name == place.Split('[')[0]) is { } option
        ? $"; it must be {AllowedValues.Of(option)}"
        : "";
}
