using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Outpaint.Torch.Serialization;

/// <summary>Writes tensors to safetensors files.</summary>
/// <remarks>Format: https://huggingface.co/docs/safetensors/index#format. Equal tensors give equal files.</remarks>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes a file in one piece: at any moment the path holds the old file or the complete new one.</summary>
    /// <param name="path">The file to write or replace; its folder must exist.</param>
    /// <param name="tensors">Tensors by name, on any device, of at most 2 GiB each.</param>
    /// <param name="metadata">Key-value notes to store with them.</param>
    /// <exception cref="ArgumentException">A tensor is larger than 2 GiB or has a name that the format reserves, or a note is null.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        List<KeyValuePair<string, Tensor>> ordered = tensors
            .OrderBy(pair => SafetensorsDTypes.Rank(pair.Value.DType))
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .ToList();
        byte[] header = BuildHeader(ordered, metadata);

        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach ((_, Tensor tensor) in ordered)
                tensor.LendBytes(stream.Write);
        });
    }

    private static byte[] BuildHeader(
        IEnumerable<KeyValuePair<string, Tensor>> tensors,
        IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(new byte[SafetensorsHeader.LengthFieldSize]);

        // Like the reference implementation, escape only what JSON must.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long offset = 0;
            foreach ((string name, Tensor tensor) in tensors)
                offset = WriteEntry(json, name, tensor, offset);
            json.WriteEndObject();
        }

        int padding = (Alignment - buffer.WrittenCount % Alignment) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);

        byte[] header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - SafetensorsHeader.LengthFieldSize);
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
            return;

        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value ?? throw new ArgumentException($"The metadata '{key}' is null; leave it out.", nameof(metadata)));
        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long offset)
    {
        if (name == SafetensorsHeader.MetadataKey)
            throw new ArgumentException($"No tensor may be named '{name}': safetensors keeps the name for itself.", nameof(name));
        if (tensor.ByteCount > Array.MaxLength)
            throw new ArgumentException($"Tensor '{name}' is larger than 2 GiB; split it.", nameof(tensor));

        long end = offset + tensor.ByteCount;
        json.WriteStartObject(name);
        json.WriteString("dtype", SafetensorsDTypes.Name(tensor.DType));
        json.WriteStartArray("shape");
        foreach (long size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
