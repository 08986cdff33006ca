using System.Text.Json;
using System.Text.Json.Serialization;
using Outpaint.Torch.Serialization;

namespace Outpaint.Cli.Commands;

/// <summary>A run of <c>outpaint extend</c> as JSON.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExtendSummary))]
internal sealed partial class ExtendReport : JsonSerializerContext
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ExtendSummary summary) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, summary, Default.ExtendSummary));
}
