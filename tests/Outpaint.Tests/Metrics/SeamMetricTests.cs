using Outpaint.Metrics;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class SeamMetricTests
{
    private readonly Tensor mask = Masks.RightHalf(16);

    [Fact]
    public void An_even_ramp_is_seamless() => Assert.Equal(1, SeamOf(x => x / 20.0), 4);

    [Fact]
    public void A_jump_at_the_border_counts_in_steps_of_the_ramp_beside_it() => Assert.Equal(5, SeamOf(x => (x + (x < 8 ? 0 : 4)) / 40.0), 4);

    [Fact]
    public void A_smeared_border_is_below_1() => Assert.Equal(0, SeamOf(x => (x < 8 ? x : x - 1) / 20.0), 4);

    [Fact]
    public void A_set_is_not_ruled_by_its_flat_images()
    {
        Ratio[] ratios = [new(0.1, 0.1), new(0.01, 0.0001)];
        Assert.Equal(1.1, Ratio.Pooled(ratios), 0.01);
    }

    private double SeamOf(Func<int, double> column)
    {
        Ratio ratio = Assert.Single(SeamMetric.Compute(Masks.GreyColumns(16, column), mask));
        return ratio.Numerator / ratio.Denominator;
    }
}
