using Outpaint.Metrics;
using Outpaint.Metrics.Fid;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class MetricInputTests
{
    private static readonly Lazy<Lpips> lpips = new(LpipsTests.LoadMadeUp);
    private static readonly Lazy<InceptionFeatures> inception = new(SmallInception.Load);

    private static readonly Dictionary<string, Func<Tensor, Tensor, double[]>> Metrics = new()
    {
        ["psnr"] = (images, mask) => Psnr.Compute(images, images * 0.5, mask),
        ["ssim"] = (images, mask) => Ssim.Compute(images, images * 0.5, mask),
        ["l1"] = (images, mask) => L1Metric.Compute(images, images * 0.5, mask),
        ["seam"] = (images, mask) => [.. SeamMetric.Compute(images, mask).Select(ratio => ratio.Numerator / ratio.Denominator)],
        ["colour_step"] = (images, mask) => ColourStep.Compute(images, mask),
        ["texture"] = (images, mask) => [.. TextureMetric.Compute(images, mask).Select(ratio => ratio.Numerator / ratio.Denominator)],
        ["mirror"] = (images, mask) => MirrorMetric.Compute(images, mask),
        ["lpips"] = (images, _) => lpips.Value.Compute(images, images * 0.5),
        ["inception"] = (images, _) => [.. inception.Value.Compute(images)[0].ToArray<float>().Select(value => (double)value)],
        ["lab"] = (images, _) => [.. CieLab.FromSrgb(images).ToArray<float>().Select(value => (double)value)],
    };

    public static TheoryData<string> Names => [.. Metrics.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_metric_takes_images_and_masks_in_any_precision(string metric)
    {
        Tensor images = MadeUp.Values("images", 2, 3, 40, 40), mask = Masks.RightHalf(40);
        double[] single = Metrics[metric](images, mask);

        Assert.Equal(single, Metrics[metric](images.To(DType.Float64), mask.To(DType.Float64)), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(single, Metrics[metric](images.To(DType.Float16), mask.To(DType.Bool)), (a, b) => Math.Abs(a - b) < 0.05 * (1 + Math.Abs(a)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_metric_refuses_what_is_no_batch_of_colour_images(string metric)
    {
        Tensor mask = Masks.RightHalf(40);

        foreach (long[] shape in new long[][] { [3, 40, 40], [1, 1, 40, 40], [1, 4, 40, 40] })
            Assert.Throws<ArgumentException>(() => Metrics[metric](Tensor.Zeros(shape), mask));
        Assert.StartsWith("Images hold values in [-1, 1] in floating point", Assert.Throws<ArgumentException>(
            () => Metrics[metric](Tensor.Zeros([1, 3, 40, 40], DType.UInt8), mask)).Message);
    }

    [Theory]
    [InlineData("psnr")]
    [InlineData("ssim")]
    [InlineData("l1")]
    [InlineData("seam")]
    [InlineData("colour_step")]
    [InlineData("texture")]
    [InlineData("mirror")]
    public void Every_metric_of_the_hole_refuses_a_mask_of_other_images(string metric)
    {
        Tensor images = Tensor.Zeros([2, 3, 40, 40]);

        foreach (long[] shape in new long[][] { [1, 1, 1, 1], [1, 1, 40, 39], [3, 1, 40, 40], [1, 3, 40, 40], [40, 40] })
            Assert.StartsWith("A mask for images of [2, 3, 40, 40] is", Assert.Throws<ArgumentException>(() => Metrics[metric](images, Tensor.Ones(shape))).Message);
    }

    [Theory]
    [InlineData("ssim", 11)]
    [InlineData("seam", 2)]
    [InlineData("texture", 7)]
    [InlineData("mirror", 8)]
    [InlineData("lpips", 32)]
    public void A_side_that_is_too_short_is_told_as_such(string metric, int smallest)
    {
        var error = Assert.Throws<ArgumentException>(
            () => Metrics[metric](Tensor.Zeros([1, 3, 40, smallest - 1]), Tensor.Ones([1, 1, 40, smallest - 1])));

        Assert.StartsWith($"Images need sides of at least {smallest} pixels", error.Message);
    }

    [Fact]
    public void Images_of_different_sizes_are_not_compared()
    {
        Tensor two = Tensor.Zeros([2, 3, 40, 40]), one = Tensor.Zeros([1, 3, 40, 40]);

        Assert.Throws<ArgumentException>(() => Psnr.Compute(two, one, Masks.RightHalf(40)));
        Assert.Throws<ArgumentException>(() => lpips.Value.Compute(two, one));
    }
}
