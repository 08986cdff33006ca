using System.Globalization;
using System.Text.Json.Serialization;

namespace Outpaint.Metrics.Evaluation;

/// <summary>An evaluation as it is written down.</summary>
/// <param name="Data">Where the photos came from.</param>
/// <param name="Photos">How many there were.</param>
/// <param name="KnownSize">Side of the known square in pixels.</param>
/// <param name="CanvasSize">Side of the whole square in pixels.</param>
/// <param name="Originals">What the photos themselves have.</param>
/// <param name="Methods">What the methods reached.</param>
/// <param name="Skipped">Metrics that were left out, each with the reason.</param>
public sealed record EvaluationResult(
    IReadOnlyList<string> Data,
    int Photos,
    int KnownSize,
    int CanvasSize,
    OriginalsResult Originals,
    IReadOnlyList<MethodResult> Methods,
    IReadOnlyList<string> Skipped)
{
    /// <summary>The sides that were extended.</summary>
    public CanvasSides Sides { get; init; } = CanvasSides.All;

    /// <summary>How many photos there were, in words: "1 photo", "2 photos".</summary>
    [JsonIgnore]
    public string PhotosText => Photos == 1 ? "1 photo" : $"{Photos} photos";

    /// <summary>What was asked of each method: "128 to 192 pixels".</summary>
    [JsonIgnore]
    public string Task => $"{KnownSize} to {CanvasSize} pixels"
        + (Sides == CanvasSides.All ? "" : $" ({Sides.ToString().ToLowerInvariant()})");

    /// <summary>How different the fills of other seeds are (<see cref="DiversityMetric"/>); null where there was one.</summary>
    public double? Diversity { get; init; }

    /// <summary>The same in a sentence; empty where there was one fill.</summary>
    [JsonIgnore]
    public string DiversityText => Diversity is { } lpips
        ? string.Create(CultureInfo.InvariantCulture, $"Diversity: LPIPS {lpips:0.000} between two fills of a photo by other seeds.")
        : "";
}
