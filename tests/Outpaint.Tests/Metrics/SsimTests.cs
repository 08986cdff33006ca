using Outpaint.Metrics;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class SsimTests
{
    [Fact]
    public void Equal_images_have_similarity_1()
    {
        TorchRuntime.Seed(1);
        Tensor image = Tensor.Rand([2, 3, 24, 24]) * 2 - 1;
        Assert.All(Ssim.Compute(image, image, Masks.RightHalf(24)), value => Assert.Equal(1, value, 5));
    }

    [Fact]
    public void One_window_agrees_with_the_formula()
    {
        double[] x = [.. Enumerable.Range(0, 121).Select(i => (i * 37 % 101) / 100.0)];
        double[] y = [.. Enumerable.Range(0, 121).Select(i => (i * 53 % 89) / 88.0)];

        double actual = Assert.Single(Ssim.Compute(Image(x), Image(y), Tensor.Ones([1, 1, 11, 11])));

        Assert.Equal(Formula(x, y), actual, 1e-5);
    }

    [Fact]
    public void Windows_with_their_centre_outside_the_hole_do_not_count()
    {
        Tensor original = Tensor.Zeros([1, 3, 32, 32]);
        Tensor mask = Masks.RightHalf(32);
        // Reaches no window whose centre is in the hole: those begin at column 16 - 5.
        Tensor output = Masks.GreyColumns(32, x => x < 11 ? 1 : 0);
        Assert.Equal(1, Assert.Single(Ssim.Compute(output, original, mask)), 5);
    }

    private static Tensor Image(double[] values) =>
        Tensor.From([.. values.Select(value => (float)(value * 2 - 1))], 1, 1, 11, 11).Expand(1, 3, 11, 11).Contiguous();

    private static double Formula(double[] x, double[] y)
    {
        double[] weights = [.. Enumerable.Range(0, 121).Select(i => Math.Exp(-(Math.Pow(i % 11 - 5, 2) + Math.Pow(i / 11 - 5, 2)) / (2 * 1.5 * 1.5)))];
        double Mean(Func<int, double> value) => Enumerable.Range(0, 121).Sum(i => weights[i] * value(i)) / weights.Sum();
        double meanX = Mean(i => x[i]), meanY = Mean(i => y[i]);
        double varianceX = Mean(i => Math.Pow(x[i] - meanX, 2)), varianceY = Mean(i => Math.Pow(y[i] - meanY, 2));
        double covariance = Mean(i => (x[i] - meanX) * (y[i] - meanY));
        return (2 * meanX * meanY + 1e-4) * (2 * covariance + 9e-4)
            / ((meanX * meanX + meanY * meanY + 1e-4) * (varianceX + varianceY + 9e-4));
    }
}
