using System.Text.Json.Serialization;
using Outpaint.Metrics.Fid;

namespace Outpaint.Metrics.Evaluation;

/// <summary>What one method reached on a set: means over the photos, except for the ratios and FID, which are the set's own.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="PhotoScores">Each photo's scores.</param>
public sealed record MethodResult(string Method, [property: JsonPropertyOrder(1)] IReadOnlyList<PhotoScore> PhotoScores)
{
    /// <summary>Over the hole, in decibels; higher is better.</summary>
    public double Psnr => PhotoScores.Average(photo => photo.Psnr);

    /// <summary>Over the hole; higher is better.</summary>
    public double Ssim => PhotoScores.Average(photo => photo.Ssim);

    /// <summary>Over the hole, in [0, 1]; lower is better.</summary>
    public double L1 => PhotoScores.Average(photo => photo.L1);

    /// <summary>Over the whole image; lower is better; null where the network was not at hand.</summary>
    public double? Lpips => PhotoScores.Average(photo => photo.Lpips);

    /// <summary>Fréchet distance to the originals on 768 Inception features; null where the network was not at hand.</summary>
    public double? Fid768 { get; init; }

    /// <summary>The same across the set's halves; see <see cref="FidScore.Halves"/>.</summary>
    public double? Fid768Halves { get; init; }

    /// <summary>Fréchet distance to the originals on 2048 Inception features; null where the network ends before them.</summary>
    public double? Fid2048 { get; init; }

    /// <summary>The same across the set's halves; see <see cref="FidScore.Halves"/>.</summary>
    public double? Fid2048Halves { get; init; }

    /// <summary>Differences across the border over those beside it; 1 is seamless.</summary>
    public double Seam => Ratio.Pooled([.. PhotoScores.Select(photo => photo.Seam)]);

    /// <summary>Colour shift at the border, Delta E.</summary>
    public double ColourStep => PhotoScores.Average(photo => photo.ColourStep);

    /// <summary>High-pass energy of the fill over that of the known part.</summary>
    public double Texture => Ratio.Pooled([.. PhotoScores.Select(photo => photo.Texture)]);

    /// <summary>Correlation of the fill with the mirrored known part.</summary>
    public double Mirror => PhotoScores.Average(photo => photo.Mirror);
}
