using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Outpaint.Training;

/// <summary>What options may be, in words.</summary>
internal static class AllowedValues
{
    /// <summary>"auto, cpu or cuda".</summary>
    public static string OneOf(IReadOnlyList<string> names) => $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";

    /// <summary>What a property may be in a file: "a whole number, at least 64, at most 1024".</summary>
    public static string Of(JsonPropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        string kind = type switch
        {
            { IsEnum: true } => OneOf([.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)]),
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(string) => "a text in quotes",
            { IsArray: true } => "a list of texts in quotes",
            _ => "a whole number",
        };
        return LimitsOf(property) is { } limits ? $"{kind}, {limits}" : kind;
    }

    /// <summary>The limits of a property that is a number; null if it has none.</summary>
    public static ValueLimits? LimitsOf(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(RangeAttribute), inherit: true) is [RangeAttribute range] ? new ValueLimits(range) : null;
}
