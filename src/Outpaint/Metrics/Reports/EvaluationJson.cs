using System.Text.Json;
using System.Text.Json.Serialization;
using Outpaint.Metrics.Evaluation;

namespace Outpaint.Metrics.Reports;

/// <summary>An evaluation as JSON, every photo's scores included.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EvaluationResult))]
public sealed partial class EvaluationJson : JsonSerializerContext
{
    /// <summary>Names in snake_case; a value that is not finite, such as the PSNR of an exact copy, is a string.</summary>
    public static string Write(EvaluationResult result) => JsonSerializer.Serialize(result, Default.EvaluationResult);
}
