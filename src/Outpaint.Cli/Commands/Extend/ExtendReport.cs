using System.Text.Json;
using System.Text.Json.Serialization;
using Outpaint.Torch.Serialization;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>A run of <c>outpaint extend</c> as JSON.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExtendSummary))]
internal sealed partial class ExtendReport : JsonSerializerContext
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ExtendSummary summary)
    {
        try
        {
            AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, summary, Default.ExtendSummary));
        }
        catch (IOException e)
        {
            throw new IOException($"{path}: cannot be written ({e.Message.TrimEnd('.')}); check the folder and its free space.", e);
        }
    }

    /// <summary>Whether a file is a report, which begins with the number of pictures extended, and nothing that would be missed.</summary>
    public static bool IsOne(string path)
    {
        FileInfo file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        if (!file.Exists || file.Length == 0) // or a pipe, whose reader would wait
            return false;
        using StreamReader reader = File.OpenText(path);
        var start = new char[40];
        int length = reader.ReadBlock(start);
        return string.Concat(start.Take(length).Where(character => !char.IsWhiteSpace(character))).StartsWith("{\"extended\":", StringComparison.Ordinal);
    }
}
