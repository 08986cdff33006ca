using Outpaint.Metrics;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class PixelErrorTests
{
    private readonly Tensor mask = Masks.RightHalf(8);
    private readonly Tensor original = Tensor.Zeros([1, 3, 8, 8]);

    [Fact]
    public void An_error_of_a_tenth_of_the_range_is_20_decibels()
    {
        Tensor output = mask * 0.2 + original;
        Assert.Equal(20, Assert.Single(Psnr.Compute(output, original, mask)), 4);
        Assert.Equal(0.1, Assert.Single(L1Metric.Compute(output, original, mask)), 6);
    }

    [Fact]
    public void Errors_outside_the_hole_do_not_count()
    {
        Tensor output = 1 - mask + original;
        Assert.Equal(double.PositiveInfinity, Assert.Single(Psnr.Compute(output, original, mask)));
        Assert.Equal(0, Assert.Single(L1Metric.Compute(output, original, mask)));
    }

    [Fact]
    public void Each_image_of_a_batch_has_its_own_value()
    {
        Tensor output = Tensor.Cat([original, original + 0.4], 0);
        Assert.Equal([0, 0.2], L1Metric.Compute(output, Tensor.Zeros([2, 3, 8, 8]), mask).Select(value => Math.Round(value, 6)));
    }
}
