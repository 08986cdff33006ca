namespace Outpaint.Metrics.Evaluation;

/// <summary>What the original photos themselves have where methods are measured against them.</summary>
/// <param name="Seam">See <see cref="SeamMetric"/>.</param>
/// <param name="ColourStep">Delta E; see <see cref="Metrics.ColourStep"/>.</param>
/// <param name="Texture">See <see cref="TextureMetric"/>.</param>
/// <param name="Mirror">See <see cref="MirrorMetric"/>.</param>
public sealed record OriginalsResult(double Seam, double ColourStep, double Texture, double Mirror)
{
    /// <summary>The floor of <see cref="MethodResult.Fid768Halves"/>: photos against other photos.</summary>
    public double? Fid768Halves { get; init; }

    /// <summary>The floor of <see cref="MethodResult.Fid2048Halves"/>.</summary>
    public double? Fid2048Halves { get; init; }
}
