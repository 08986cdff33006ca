using System.Text.Json;

namespace Outpaint.Torch.Serialization;

/// <summary>The JSON header of a safetensors file, checked against the data that follows it.</summary>
/// <remarks>Format: https://huggingface.co/docs/safetensors/index#format.</remarks>
internal sealed class SafetensorsHeader
{
    /// <summary>The length field in front of the header, in bytes.</summary>
    public const int LengthFieldSize = sizeof(ulong);

    /// <summary>The longest header the format allows, in bytes.</summary>
    public const long MaxLength = 100_000_000;

    /// <summary>The key that holds the file's metadata instead of a tensor.</summary>
    public const string MetadataKey = "__metadata__";

    private readonly string path;
    private readonly Dictionary<string, string> metadata = [];
    private readonly Dictionary<string, TensorEntry> entries = [];

    private SafetensorsHeader(string path)
    {
        this.path = path;
    }

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    public IReadOnlyDictionary<string, TensorEntry> Entries => entries;

    /// <summary>Parses a header.</summary>
    /// <param name="path">The file, for error messages.</param>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">Bytes that follow the header.</param>
    public static SafetensorsHeader Parse(string path, ReadOnlyMemory<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            header.ReadRoot(document.RootElement);
        }
        // Broken UTF-8 inside a string surfaces as an InvalidOperationException.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new WeightsFormatException(path, $"the header is not valid JSON ({e.Message.TrimEnd('.')})", innerException: e);
        }

        header.RequireSeamlessData(dataLength);
        return header;
    }

    private void ReadRoot(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Damaged("the header is not a JSON object");

        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
                ReadMetadata(property.Value);
            else
                entries.Add(property.Name, ReadEntry(property.Name, property.Value));
        }
    }

    private void ReadMetadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Damaged($"{MetadataKey} is not a JSON object");

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw Damaged($"the metadata '{property.Name}' is not a string");
            metadata.Add(property.Name, property.Value.GetString()!);
        }
    }

    private TensorEntry ReadEntry(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("dtype", out JsonElement dtypeName) || dtypeName.ValueKind != JsonValueKind.String
            || !element.TryGetProperty("shape", out JsonElement shapeElement) || !TryGetLongs(shapeElement, out long[] shape)
            || !element.TryGetProperty("data_offsets", out JsonElement rangeElement) || !TryGetLongs(rangeElement, out long[] range)
            || range.Length != 2)
            throw Damaged($"the header of tensor '{name}' lacks a dtype, shape or data_offsets, or they are malformed");

        if (!SafetensorsDTypes.TryParse(dtypeName.GetString()!, out DType dtype))
            throw new WeightsFormatException(
                path,
                $"tensor '{name}' has the unsupported dtype '{dtypeName.GetString()}'",
                $"Convert it to one of {SafetensorsDTypes.Known}.");

        (long start, long end) = (range[0], range[1]);
        if (start < 0 || end < start)
            throw Damaged($"tensor '{name}' has the impossible data_offsets [{start}, {end}]");
        if (!TensorLayout.TryGetByteCount(shape, dtype, out long byteCount))
            throw Damaged($"tensor '{name}' has an impossible shape [{string.Join(", ", shape)}]");
        if (byteCount != end - start)
            throw Damaged($"tensor '{name}' needs {byteCount} bytes by its shape but its data_offsets span {end - start}");

        return new TensorEntry(name, dtype, shape, start, byteCount);
    }

    // The format forbids holes and overlaps, so that nothing can hide in a file and no byte means two things.
    private void RequireSeamlessData(long dataLength)
    {
        long end = 0;
        foreach (TensorEntry entry in entries.Values.OrderBy(entry => entry.Offset).ThenBy(entry => entry.ByteCount))
        {
            if (entry.Offset != end)
                throw Damaged($"the data of tensor '{entry.Name}' starts at byte {entry.Offset} where {end} was due");
            end += entry.ByteCount;
        }

        if (end > dataLength)
            throw Damaged($"the header describes {end} bytes of data but only {dataLength} are there");
        if (end < dataLength)
            throw Damaged($"{dataLength - end} bytes follow the last tensor");
    }

    private static bool TryGetLongs(JsonElement array, out long[] values)
    {
        values = [];
        if (array.ValueKind != JsonValueKind.Array)
            return false;

        values = new long[array.GetArrayLength()];
        int i = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out values[i++]))
                return false;
        }

        return true;
    }

    private WeightsFormatException Damaged(string problem) => new(path, problem);
}
