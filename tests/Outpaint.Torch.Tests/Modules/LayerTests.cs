using Outpaint.Torch.Modules;

namespace Outpaint.Torch.Tests.Modules;

public class LayerTests
{
    public LayerTests() => TorchRuntime.Seed(1);

    [Fact]
    public void A_convolution_slides_its_kernel_over_the_zero_padded_input()
    {
        using Conv2d layer = new(1, 1, 3);
        layer.StateDict()["weight"].Detach().Copy_(Tensor.From<float>([0, 0, 0, 1, 0, -1, 0, 0, 0], 1, 1, 3, 3));
        layer.StateDict()["bias"].Detach().Fill_(10);
        using Tensor input = Tensor.From<float>([1, 2, 4, 8, 16, 32], 1, 1, 2, 3);

        // left minus right neighbour, plus ten
        Assert.Equal([8f, 7, 12, -6, -14, 26], layer.Forward(input).ToArray<float>());
    }

    [Theory]
    [InlineData(3, 1, -1, 1, 9, 7)]
    [InlineData(3, 1, -1, 2, 9, 7)]
    [InlineData(4, 2, 1, 1, 4, 3)]
    [InlineData(3, 1, 0, 1, 7, 5)]
    [InlineData(3, 2, -1, 2, 5, 4)]
    public void A_convolution_has_the_size_of_its_formula(int kernel, int stride, int padding, int dilation, long height, long width)
    {
        using Conv2d layer = new(4, 6, kernel, stride, padding, dilation, groups: 2);

        Assert.Equal([6, 2, kernel, kernel], layer.Weight.Shape);
        Assert.Equal([2, 6, height, width], layer.Forward(Tensor.Zeros([2, 4, 9, 7])).Shape);
    }

    [Fact]
    public void A_convolution_without_groups_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("groups", () => new Conv2d(2, 2, 3, groups: 0));

    [Fact]
    public void A_convolution_starts_with_the_variance_that_keeps_activations_level()
    {
        using Conv2d layer = new(64, 128, 3);
        using Conv2d zero = new(3, 3, 1, hasBias: false, gain: 0);

        // He et al. 2015, equation 15, slope 0.2: 2 / (1.04 * fan in).
        Assert.Equal(2 / (1.04 * 64 * 9), layer.Weight.Square().Mean().Item(), 2e-4);
        Assert.All(layer.StateDict()["bias"].ToArray<float>(), value => Assert.Equal(0, value));
        Assert.Equal(["weight"], zero.StateDict().Keys);
        Assert.Equal(0, zero.Weight.Abs().Sum().Item());
    }

    [Fact]
    public void Layers_run_one_after_another()
    {
        using Sequential layers = new(Activation.LeakyRelu(), new Activation(x => x + 1), Activation.Relu());

        Assert.Equal([0f, 0.5f, 3f], layers.Forward(Tensor.From<float>([-10, -2.5f, 2])).ToArray<float>());
    }
}
