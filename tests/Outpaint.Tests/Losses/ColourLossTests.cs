using Outpaint.Losses;
using Outpaint.Testing;
using Outpaint.Torch;
using Outpaint.Training.Masks;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Losses;

public sealed class ColourLossTests : IDisposable
{
    private readonly TensorScope scope = new();

    public ColourLossTests() => TorchRuntime.Seed(1);

    [Fact]
    public void A_fill_of_another_colour_costs_the_squared_difference()
    {
        Tensor original = Tensor.Full([2, 3, 32, 48], 0.1);

        Assert.Equal(0.09, ColourLoss.Compute(original + 0.3, original, Mask(32, 48, new Margins(5, 0, 0, 7), new Margins(0, 20, 0, 0))).Item(), 1e-6);
    }

    [Fact]
    public void Detail_of_the_right_mean_colour_costs_nothing()
    {
        Tensor original = Tensor.Zeros([1, 3, 32, 32]);
        Tensor detail = Tensor.From([0.5f, -0.5f], 1, 1, 1, 2).Expand(1, 3, 32, 16, 2).Reshape(1, 3, 32, 32);

        Assert.Equal(0, ColourLoss.Compute(detail, original, Mask(32, 32, new Margins(16, 0, 0, 0))).Item(), 1e-9);
    }

    [Fact]
    public void The_known_part_does_not_count()
    {
        Tensor original = Tensor.Zeros([1, 3, 32, 32]);
        Tensor mask = Mask(32, 32, new Margins(10, 0, 0, 0));

        Assert.Equal(0, ColourLoss.Compute((1 - mask).Expand(1, 3, 32, 32), original, mask).Item(), 1e-9);
    }

    [Fact]
    public void Without_a_hole_there_is_no_loss() =>
        Assert.Equal(0, ColourLoss.Compute(Tensor.Full([1, 3, 16, 16], 0.5), Tensor.Zeros([1, 3, 16, 16]), Tensor.Zeros([1, 1, 16, 16])).Item());

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        Tensor output = GradientCheck.Leaf(1, 3, 20, 32), original = Tensor.Randn([1, 3, 20, 32], DType.Float64);
        Tensor mask = Mask(20, 32, new Margins(3, 0, 0, 5)).To(DType.Float64);

        GradientCheck.Verify(() => ColourLoss.Compute(output, original, mask), output);
    }

    public void Dispose() => scope.Dispose();
}
