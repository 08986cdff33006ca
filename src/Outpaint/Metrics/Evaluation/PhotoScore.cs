namespace Outpaint.Metrics.Evaluation;

/// <summary>What one method reached on one photo.</summary>
/// <param name="Key">The photo's name.</param>
/// <param name="Psnr">Over the hole, in decibels; see <see cref="Metrics.Psnr"/>.</param>
/// <param name="Ssim">Over the hole; see <see cref="Metrics.Ssim"/>.</param>
/// <param name="L1">Over the hole, in [0, 1]; see <see cref="L1Metric"/>.</param>
/// <param name="Lpips">Over the whole image; null where the network was not at hand.</param>
/// <param name="Seam">See <see cref="SeamMetric"/>.</param>
/// <param name="ColourStep">Delta E; see <see cref="Metrics.ColourStep"/>.</param>
/// <param name="Texture">See <see cref="TextureMetric"/>.</param>
/// <param name="Mirror">In [-1, 1]; see <see cref="MirrorMetric"/>.</param>
public sealed record PhotoScore(
    string Key, double Psnr, double Ssim, double L1, double? Lpips, Ratio Seam, double ColourStep, Ratio Texture, double Mirror);
