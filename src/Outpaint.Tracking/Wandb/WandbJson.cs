using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outpaint.Tracking.Wandb;

/// <summary>JSON as W&amp;B wants it: NaN, Infinity and -Infinity are bare words, and integers have no decimal point.</summary>
internal static class WandbJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        // The bare words are no JSON, and the text is never part of HTML.
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a value.</summary>
    internal static string Serialize(JsonNode? node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, node);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a number: the shortest text that reads back as it.</summary>
    internal static string Serialize(double number) => number switch
    {
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject values:
                writer.WriteStartObject();
                foreach ((string name, JsonNode? value) in values)
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (JsonNode? item in items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValue value when value.TryGetValue(out double number) && !double.IsFinite(number):
                writer.WriteRawValue(Serialize(number), skipInputValidation: true);
                break;
            case JsonValue value when value.TryGetValue(out float number) && !float.IsFinite(number):
                writer.WriteRawValue(Serialize(number), skipInputValidation: true);
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
