using Outpaint.Metrics;
using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class MirrorMetricTests
{
    private readonly Tensor mask = Masks.RightHalf(64);

    public MirrorMetricTests() => TorchRuntime.Seed(1);

    [Fact]
    public void A_mirror_image_has_one_its_negative_minus_one_and_noise_next_to_nothing()
    {
        Tensor noise = Tensor.Rand([1, 3, 64, 64]) - 0.5;
        Tensor mirrored = ReflectionPrefill.Fill(noise, mask);

        Assert.Equal(1, Mirror(mirrored), 0.02);
        Assert.Equal(-1, Mirror(mirrored - (mirrored * mask * 2)), 0.1);
        Assert.InRange(Mirror(noise), -0.15, 0.15);
    }

    [Fact]
    public void Flat_pictures_have_nothing_to_mirror() => Assert.Equal(0, Mirror(Tensor.Full([1, 3, 64, 64], 0.25)), 1e-6);

    private double Mirror(Tensor image) => Assert.Single(MirrorMetric.Compute(image, mask));
}
