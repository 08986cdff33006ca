using Outpaint.Losses;
using Outpaint.Testing;
using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Tests.Losses;

public sealed class R1PenaltyTests : IDisposable
{
    private readonly TensorScope scope = new();

    public R1PenaltyTests() => TorchRuntime.Seed(2);

    [Fact]
    public void It_is_half_the_squared_gradient_of_the_mean_logit()
    {
        Tensor weight = Tensor.Randn([1, 3, 4, 4]);
        Tensor Discriminator(Tensor image) => (image * weight).Reshape(-1, 1, 12, 4); // 48 logits, whose mean is weight * image / 48

        Tensor penalty = R1Penalty.Compute(Discriminator, Tensor.Randn([5, 3, 4, 4]));

        Assert.Equal(0.5 * weight.Square().Sum().Item() / (48 * 48), penalty.Item(), 1e-6);
    }

    [Fact]
    public void It_can_be_differentiated_through_convolutions()
    {
        using Conv2d first = new(3, 2, 3, stride: 2, padding: 1), second = new(2, 1, 3);
        GradientCheck.UseDoublePrecision([.. first.Parameters(), .. second.Parameters()]);
        Tensor real = Tensor.Randn([2, 3, 6, 6], DType.Float64);

        GradientCheck.Verify(Penalty, first.Weight, second.Weight);

        Tensor Penalty()
        {
            using GradMode recorded = GradMode.Enabled(); // finite differences are taken without, but this is a gradient itself
            return R1Penalty.Compute(image => second.Forward(first.Forward(image).LeakyRelu(0.2)), real);
        }
    }

    public void Dispose() => scope.Dispose();
}
