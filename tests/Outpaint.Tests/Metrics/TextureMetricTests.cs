using Outpaint.Metrics;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class TextureMetricTests
{
    private readonly Tensor mask = Masks.RightHalf(32);

    [Fact]
    public void Stripes_of_twice_the_contrast_have_four_times_the_energy()
    {
        Ratio ratio = Assert.Single(TextureMetric.Compute(Masks.GreyColumns(32, x => (x % 2 - 0.5) * (x < 16 ? 0.4 : 0.8)), mask));
        Assert.Equal(4, ratio.Numerator / ratio.Denominator, 3);
    }

    [Fact]
    public void A_hard_border_between_flat_halves_is_no_texture()
    {
        Ratio ratio = Assert.Single(TextureMetric.Compute(Masks.GreyColumns(32, x => x < 16 ? -1 : 1), mask));
        Assert.Equal(0, ratio.Numerator, 10);
        Assert.Equal(0, ratio.Denominator, 10);
    }
}
