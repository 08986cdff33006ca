using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>
/// A JSON object put together from a log's items. Values stay the text that was logged, so that NaN is not lost and
/// numbers keep their spelling; a key of several parts leads into nested objects.
/// </summary>
internal sealed class RawJsonObject
{
    private static readonly JsonWriterOptions Extended = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Members are either raw text or further objects.
    private readonly OrderedDictionary<string, object> members = [];

    /// <summary>Sets a value.</summary>
    /// <param name="key">A key of one part, if it is not empty.</param>
    /// <param name="nestedKey">Otherwise, a key of several parts.</param>
    /// <param name="json">The value.</param>
    public void Set(string key, IReadOnlyList<string> nestedKey, string json)
    {
        IReadOnlyList<string> path = key.Length > 0 ? [key] : nestedKey;
        if (path.Count > 0)
            Parent(path).members[path[^1]] = json;
    }

    /// <summary>Sets a value by a key of one part.</summary>
    public void Set(string key, string json) => members[key] = json;

    /// <summary>Whether there is a value by a key of one part.</summary>
    public bool Has(string key) => members.ContainsKey(key);

    /// <summary>The members and their JSON.</summary>
    public IEnumerable<KeyValuePair<string, string>> Members =>
        members.Select(member => KeyValuePair.Create(member.Key, member.Value.ToString()!));

    /// <summary>The object as JSON, with bare NaN and infinities where they were logged.</summary>
    public override string ToString()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Extended))
            Write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private RawJsonObject Parent(IReadOnlyList<string> path)
    {
        RawJsonObject parent = this;
        foreach (string part in path.Take(path.Count - 1))
        {
            if (parent.members.GetValueOrDefault(part) is not RawJsonObject child)
                parent.members[part] = child = new RawJsonObject();
            parent = child;
        }

        return parent;
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach ((string key, object value) in members)
        {
            json.WritePropertyName(key);
            if (value is RawJsonObject child)
                child.Write(json);
            else
                json.WriteRawValue((string)value, skipInputValidation: true);
        }

        json.WriteEndObject();
    }
}
