using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Outpaint.Training;

/// <summary>How a run's options are written.</summary>
internal static class TrainingJson
{
    // By reflection: generated serializers set a property that the file lacks to 0, not to its default.
    /// <summary>config.json: for people, with the names and values of the command line.</summary>
    internal static JsonSerializerOptions Config { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameAsOptions } },
    };

    private static void NameAsOptions(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.AttributeProvider?.GetCustomAttributes(typeof(DisplayAttribute), inherit: true) is [DisplayAttribute { Name: { } name }])
                property.Name = name;
        }
    }
}
