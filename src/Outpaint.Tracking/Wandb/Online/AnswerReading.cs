using System.Text.Json;
using System.Text.RegularExpressions;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>Reads what the server may leave out of its answers.</summary>
internal static partial class AnswerReading
{
    /// <summary>A text, or null if it is null or missing.</summary>
    public static string? Text(this JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement value) ? value.GetString() : null;

    /// <summary>Several texts, or null if they are null or missing.</summary>
    public static string[]? Texts(this JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")]
            : null;

    /// <summary>A number of things, 0 if it is null or missing.</summary>
    public static long Count(this JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value.GetInt64() : 0;

    /// <summary>A number, or null if there is none by that name.</summary>
    public static double? Number(this JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;

    /// <summary>The JSON inside a text of an answer: an object, empty if the text is null or missing.</summary>
    /// <remarks>W&amp;B writes NaN and infinities bare, which no JSON reader takes; they become null.</remarks>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonElement Embedded(this JsonElement element, string property) => Parse(element.Text(property) ?? "{}");

    /// <summary>The last line of a JSON array of JSON texts, such as <c>historyTail</c>; an empty object if there is none.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonElement LastLine(this JsonElement element, string property) =>
        Parse(Parse(element.Text(property) ?? "[]").EnumerateArray().LastOrDefault() is { ValueKind: JsonValueKind.String } line ? line.GetString()! : "{}");

    private static JsonElement Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(BareNumber().Replace(text, match => match.Value[0] == '"' ? match.Value : "null"));
        return document.RootElement.Clone();
    }

    // Strings are matched whole, so that words inside them are left alone.
    [GeneratedRegex("""
        "(?>(?:[^"\\]+|\\.)*)"|-?Infinity|NaN
        """)]
    private static partial Regex BareNumber();
}
