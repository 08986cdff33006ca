using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>
/// The Fréchet distance between two normal distributions, |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^1/2) (Dowson and Landau
/// 1982; on Inception features: FID, Heusel et al. 2017). S1 S2 is similar to A A' with A = S1^1/2 S2^1/2, so the root's
/// trace is the sum of A's singular values; unlike roots of eigenvalues they do not magnify rounding near 0.
/// </summary>
public static class FrechetDistance
{
    /// <summary>The distance, 0 for equal distributions; lower is better. Sets of different size do not compare.</summary>
    public static double Between(FeatureStatistics left, FeatureStatistics right)
    {
        using var scope = new TensorScope();
        Tensor roots = SquareRoot(left.Covariance).MatMul(SquareRoot(right.Covariance));
        double rootTrace = Dispatcher.Call("linalg_svdvals", roots).Sum().Item();
        double means = (left.Mean - right.Mean).Square().Sum().Item();
        return means + Trace(left.Covariance) + Trace(right.Covariance) - (2 * rootTrace);
    }

    private static Tensor SquareRoot(Tensor symmetric)
    {
        Tensor[] decomposition = Dispatcher.CallMany("linalg_eigh", symmetric);
        (Tensor values, Tensor vectors) = (decomposition[0], decomposition[1]);
        // With fewer images than dimensions some eigenvalues are zero, and come out as tiny negative numbers.
        return (vectors * values.ClampMin(0).Sqrt()).MatMul(vectors.Permute(1, 0));
    }

    private static double Trace(Tensor matrix) => Dispatcher.Call("trace", matrix).Item();
}
