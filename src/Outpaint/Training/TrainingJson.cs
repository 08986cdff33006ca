using System.Text.Json.Serialization;

namespace Outpaint.Training;

/// <summary>Generated serializers, which survive trimming.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = false, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TrainingOptions))]
[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class TrainingJson : JsonSerializerContext;
