using Outpaint.Metrics;
using Outpaint.Metrics.Fid;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class FrechetDistanceTests
{
    [Fact]
    public void A_set_has_distance_0_to_itself_even_with_fewer_vectors_than_dimensions()
    {
        TorchRuntime.Seed(2);
        using var statistics = FeatureStatistics.Of(Tensor.Randn([20, 64], DType.Float64));
        Assert.Equal(0, FrechetDistance.Between(statistics, statistics), 9);
    }

    [Fact]
    public void Independent_coordinates_add_the_squared_differences_of_mean_and_deviation()
    {
        using FeatureStatistics left = Ellipse(centre: (0, 0), radii: (3, 1), angle: 0);
        using FeatureStatistics right = Ellipse(centre: (2, -1), radii: (1, 2), angle: 0);
        // The unbiased variance of {-r, 0, 0, r} is 2 r^2 / 3.
        double expected = 4 + 1 + (2.0 / 3 * (Math.Pow(3 - 1, 2) + Math.Pow(1 - 2, 2)));
        Assert.Equal(expected, FrechetDistance.Between(left, right), 1e-8);
    }

    [Fact]
    public void Covariances_that_do_not_commute_agree_with_the_closed_form_in_two_dimensions()
    {
        using FeatureStatistics left = Ellipse(centre: (0, 0), radii: (3, 1), angle: 0.4);
        using FeatureStatistics right = Ellipse(centre: (0, 0), radii: (2, 0.5), angle: 1.3);
        double[] s = Covariance(left), t = Covariance(right);
        double traceOfProduct = s[0] * t[0] + s[1] * t[2] + s[2] * t[1] + s[3] * t[3];
        double determinant = (s[0] * s[3] - s[1] * s[2]) * (t[0] * t[3] - t[1] * t[2]);
        // tr A^1/2 = (tr A + 2 det A^1/2)^1/2 for 2 x 2.
        double expected = s[0] + s[3] + t[0] + t[3] - 2 * Math.Sqrt(traceOfProduct + 2 * Math.Sqrt(determinant));
        Assert.Equal(expected, FrechetDistance.Between(left, right), 1e-8);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    public void The_root_is_a_factor_of_the_covariance_with_few_vectors_and_with_many(int count)
    {
        Tensor values = Tensor.Randn([count, 8], DType.Float64);
        using var statistics = FeatureStatistics.Of(values);
        Tensor expected = Dispatcher.Call("cov", values.Permute(1, 0));
        Assert.Equal(0, (Tensor.From(Covariance(statistics), 8, 8) - expected).Abs().Sum().Item(), 9);
        Assert.Equal(Math.Min(count, 8), statistics.Root.Size(0));
    }

    [Fact]
    public void One_vector_has_no_spread()
    {
        Assert.Throws<ArgumentException>(() => FeatureStatistics.Of(Tensor.Zeros([1, 4])));
    }

    private static double[] Covariance(FeatureStatistics statistics) =>
        statistics.Root.Permute(1, 0).MatMul(statistics.Root).ToArray<double>();

    // Four points at the ends of an ellipse's axes.
    private static FeatureStatistics Ellipse((double X, double Y) centre, (double A, double B) radii, double angle)
    {
        (double sin, double cos) = Math.SinCos(angle);
        double[] points =
        [
            centre.X + radii.A * cos, centre.Y + radii.A * sin, centre.X - radii.A * cos, centre.Y - radii.A * sin,
            centre.X - radii.B * sin, centre.Y + radii.B * cos, centre.X + radii.B * sin, centre.Y - radii.B * cos,
        ];
        return FeatureStatistics.Of(Tensor.From(points, 4, 2));
    }
}
