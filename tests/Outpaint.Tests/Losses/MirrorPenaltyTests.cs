using Outpaint.Losses;
using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Testing;
using Outpaint.Torch;
using Outpaint.Training.Masks;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Losses;

public sealed class MirrorPenaltyTests : IDisposable
{
    private readonly TensorScope scope = new();
    private readonly Tensor original;
    private readonly Tensor mask = Mask(32, 48, new Margins(8, 4, 4, 8), new Margins(0, 0, 20, 0));

    public MirrorPenaltyTests()
    {
        TorchRuntime.Seed(1);
        original = Tensor.Rand([2, 3, 32, 48]) - 0.5;
    }

    public void Dispose() => scope.Dispose();

    [Fact]
    public void A_mirrored_photograph_costs_all_but_what_the_original_has_of_it()
    {
        Tensor mirrored = ReflectionPrefill.Fill(original, mask);

        Assert.InRange(MirrorPenalty.Compute(mirrored, original, mask).Item(), 0.8, 1.2);
    }

    [Fact]
    public void The_original_itself_costs_nothing() => Assert.Equal(0, MirrorPenalty.Compute(original, original, mask).Item());

    [Fact]
    public void An_original_that_is_its_own_mirror_image_may_be_filled_with_it()
    {
        Tensor mirrored = ReflectionPrefill.Fill(original, mask);

        Assert.Equal(0, MirrorPenalty.Compute(mirrored, mirrored, mask).Item());
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        Tensor composite = GradientCheck.Leaf(1, 3, 16, 24), photo = Tensor.Randn([1, 3, 16, 24], DType.Float64);
        Tensor hole = Mask(16, 24, new Margins(0, 0, 12, 0));

        GradientCheck.Verify(() => MirrorPenalty.Compute(composite, photo, hole), composite);
    }
}
