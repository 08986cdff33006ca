using Outpaint.Torch;

namespace Outpaint.Metrics.Fid;

/// <summary>
/// The Fréchet distance between two normal distributions, |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^1/2) (Dowson and Landau
/// 1982; on Inception features: FID, Heusel et al. 2017). With S = R' R the eigenvalues of S1 S2 are those of M M' for
/// M = R1 R2', so the root's trace is the sum of M's singular values: no matrix root, and no rounding magnified near 0.
/// </summary>
public static class FrechetDistance
{
    /// <summary>The distance, 0 for equal distributions; lower is better. Sets of different size do not compare.</summary>
    public static double Between(FeatureStatistics left, FeatureStatistics right)
    {
        using var scope = new TensorScope();
        double rootTrace = Dispatcher.Call("linalg_svdvals", left.Root.MatMul(right.Root.Permute(1, 0))).Sum().Item();
        double means = (left.Mean - right.Mean).Square().Sum().Item();
        return means + left.Root.Square().Sum().Item() + right.Root.Square().Sum().Item() - (2 * rootTrace);
    }
}
