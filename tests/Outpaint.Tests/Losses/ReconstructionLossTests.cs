using Outpaint.Losses;
using Outpaint.Testing;
using Outpaint.Torch;
using Outpaint.Training.Masks;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Losses;

public sealed class ReconstructionLossTests : IDisposable
{
    private readonly TensorScope scope = new();

    public ReconstructionLossTests() => TorchRuntime.Seed(1);

    [Fact]
    public void Errors_weigh_less_the_farther_they_are_from_the_known_part()
    {
        // Two known pixels, then three of the hole, at 1, 2 and 3 pixels: cosine weights 3/4, 1/4 and 0.
        Tensor output = Tensor.From([0.1f, 0.3f, 0.4f, 0.8f, 1f], 1, 1, 1, 5).Expand(1, 3, 1, 5);

        double loss = ReconstructionLoss.Compute(output, Tensor.Zeros([1, 3, 1, 5]), Mask(1, 5, new Margins(0, 0, 3, 0))).Item();

        Assert.Equal((0.75 * 0.4) + (0.25 * 0.8) + ((0.1 + 0.3) / 2), loss, 1e-6);
    }

    [Fact]
    public void The_weight_falls_from_the_border_to_the_farthest_pixel_and_is_zero_where_the_picture_is_known()
    {
        Tensor mask = Mask(8, 16, new Margins(4, 2, 0, 0), new Margins(0, 0, 8, 0));

        float[] weights = Values(ReconstructionLoss.BorderWeight(mask));

        for (int i = 0; i < weights.Length; i++)
        {
            (int x, int y, bool isFirst) = (i % 16, i / 16 % 8, i < 8 * 16);
            (int distance, int farthest) = isFirst ? (Math.Max(4 - x, 2 - y), 4) : (x - 7, 8);
            double expected = distance <= 0 ? 0 : (1 + Math.Cos(Math.PI * distance / farthest)) / 2;
            Assert.Equal(expected, weights[i], 1e-6);
        }
    }

    [Fact]
    public void Without_a_hole_only_the_known_part_counts()
    {
        Tensor output = Tensor.Full([1, 3, 4, 4], 0.5);

        Assert.Equal(0.5, ReconstructionLoss.Compute(output, Tensor.Zeros([1, 3, 4, 4]), Tensor.Zeros([1, 1, 4, 4])).Item(), 1e-6);
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        Tensor output = GradientCheck.Leaf(2, 3, 4, 6), original = Tensor.Randn([2, 3, 4, 6], DType.Float64);
        Tensor mask = Mask(4, 6, new Margins(2, 1, 0, 0), new Margins(0, 0, 3, 0)).To(DType.Float64);

        GradientCheck.Verify(() => ReconstructionLoss.Compute(output, original, mask), output);
    }

    public void Dispose() => scope.Dispose();
}
