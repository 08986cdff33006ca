using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>The normal distribution fitted to a set of feature vectors.</summary>
public sealed class FeatureStatistics : IDisposable
{
    private FeatureStatistics(Tensor mean, Tensor covariance) => (Mean, Covariance) = (mean, covariance);

    /// <summary>The mean, [D], in double precision.</summary>
    public Tensor Mean { get; }

    /// <summary>The unbiased covariance, [D, D], in double precision.</summary>
    public Tensor Covariance { get; }

    /// <summary>Fits to features [N, D], N at least 2.</summary>
    /// <exception cref="ArgumentException">There are fewer than two vectors.</exception>
    public static FeatureStatistics Of(Tensor features)
    {
        long count = features.Size(0);
        if (count < 2)
            throw new ArgumentException("The spread of features needs at least two images.", nameof(features));
        using var scope = new TensorScope();
        Tensor values = features.To(DType.Float64);
        Tensor mean = values.Mean([0]);
        Tensor centred = values - mean;
        Tensor covariance = centred.Permute(1, 0).MatMul(centred) / (count - 1);
        return new FeatureStatistics(scope.Keep(mean), scope.Keep(covariance));
    }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        Mean.Dispose();
        Covariance.Dispose();
    }
}
