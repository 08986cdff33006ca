using Outpaint.Losses;
using Outpaint.Testing;
using Outpaint.Torch;

namespace Outpaint.Tests.Losses;

public sealed class PerceptualLossTests : IDisposable
{
    private readonly TensorScope scope = new();

    public PerceptualLossTests() => TorchRuntime.Seed(1);

    [Fact]
    public void Each_layer_counts_relative_to_its_size()
    {
        // (|2-1| + |4+1|) / 2 over (1 + 1) / 2 is 3; (10 + 0) / 2 over (20 + 20) / 2 is 1/4.
        Tensor[] output = [Tensor.From([2f, 4f], 1, 2, 1, 1), Tensor.From([30f, 20f], 1, 2, 1, 1)];
        Tensor[] original = [Tensor.From([1f, -1f], 1, 2, 1, 1), Tensor.From([20f, 20f], 1, 2, 1, 1)];

        Assert.Equal((3 + 0.25) / 2, PerceptualLoss.Compute(output, original).Item(), 1e-5);
        Assert.Equal(0, PerceptualLoss.Compute(original, original).Item());
    }

    [Fact]
    public void Feature_matching_leaves_out_the_logits()
    {
        Tensor[] fake = [Tensor.From([2f]), Tensor.From([1f]), Tensor.From([100f])], real = [Tensor.From([1f]), Tensor.From([2f]), Tensor.From([-100f])];

        Assert.Equal((1 + 0.5) / 2, FeatureMatchingLoss.Compute(fake, real).Item(), 1e-5);
    }

    [Fact]
    public void Layers_that_are_all_zero_do_not_divide_by_zero() =>
        Assert.True(double.IsFinite(PerceptualLoss.Compute([Tensor.Ones([4])], [Tensor.Zeros([4])]).Item()));

    [Fact]
    public void No_layers_are_an_error() => Assert.Throws<ArgumentException>(() => PerceptualLoss.Compute([], []));

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        Tensor shallow = GradientCheck.Leaf(2, 3, 4, 4), deep = GradientCheck.Leaf(2, 5, 2, 2);
        Tensor[] original = [Tensor.Randn([2, 3, 4, 4], DType.Float64), Tensor.Randn([2, 5, 2, 2], DType.Float64)];

        GradientCheck.Verify(() => PerceptualLoss.Compute([shallow, deep], original), shallow, deep);
        GradientCheck.Verify(() => FeatureMatchingLoss.Compute([shallow, deep], original), shallow);
    }

    public void Dispose() => scope.Dispose();
}
