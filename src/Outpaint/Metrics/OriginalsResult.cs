namespace Outpaint.Metrics;

/// <summary>What the original photos themselves have where methods are measured against them.</summary>
/// <param name="Seam">See <see cref="SeamMetric"/>.</param>
/// <param name="ColourStep">Delta E; see <see cref="Metrics.ColourStep"/>.</param>
/// <param name="Texture">See <see cref="TextureMetric"/>.</param>
/// <param name="Fid768BetweenHalves">
/// FID between every other photo and the rest: what real photos of two different sets of half the size reach. Null
/// where the network was not at hand.
/// </param>
public sealed record OriginalsResult(double Seam, double ColourStep, double Texture, double? Fid768BetweenHalves);
