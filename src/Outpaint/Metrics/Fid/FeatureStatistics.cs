using Outpaint.Torch;

namespace Outpaint.Metrics.Fid;

/// <summary>The normal distribution fitted to a set of feature vectors.</summary>
public sealed class FeatureStatistics : IDisposable
{
    private FeatureStatistics(Tensor mean, Tensor root) => (Mean, Root) = (mean, root);

    /// <summary>The mean, [D], in double precision.</summary>
    public Tensor Mean { get; }

    /// <summary>
    /// A factor R of the unbiased covariance S = R' R, in double precision: [K, D], where K is the smaller of the number
    /// of vectors and D. The covariance itself is never made: fewer vectors than dimensions leave it singular.
    /// </summary>
    public Tensor Root { get; }

    /// <summary>Fits to features [N, D], N at least 2.</summary>
    /// <exception cref="ArgumentException">There are fewer than two vectors.</exception>
    public static FeatureStatistics Of(Tensor features)
    {
        (long count, long dimensions) = (features.Size(0), features.Size(1));
        if (count < 2)
            throw new ArgumentException("The spread of features needs at least two images.", nameof(features));
        using var scope = new TensorScope();
        Tensor values = features.To(DType.Float64);
        Tensor mean = values.Mean([0]);
        Tensor root = (values - mean) / Math.Sqrt(count - 1);
        if (count > dimensions)
            root = Dispatcher.CallMany("linalg_qr", root, "r")[1]; // (Q R)' (Q R) = R' R
        return new FeatureStatistics(scope.Keep(mean), scope.Keep(root));
    }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        Mean.Dispose();
        Root.Dispose();
    }
}
