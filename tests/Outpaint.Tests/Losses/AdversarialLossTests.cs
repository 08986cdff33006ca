using Outpaint.Losses;
using Outpaint.Testing;
using Outpaint.Torch;

namespace Outpaint.Tests.Losses;

public sealed class AdversarialLossTests : IDisposable
{
    private readonly TensorScope scope = new();

    public AdversarialLossTests() => TorchRuntime.Seed(1);

    [Fact]
    public void The_discriminator_takes_known_places_of_an_outpainted_picture_for_real()
    {
        Tensor real = Tensor.From([0.5f, -1f], 1, 1, 1, 2), fake = Tensor.From([2f, -3f], 1, 1, 1, 2), mask = Tensor.From([1f, 0f], 1, 1, 1, 2);

        double expected = ((Softplus(-0.5) + Softplus(1)) / 2) + ((Softplus(2) + Softplus(3)) / 2);

        Assert.Equal(expected, AdversarialLoss.Discriminator(real, fake, mask).Item(), 1e-6);
    }

    [Fact]
    public void The_generator_is_judged_where_the_hole_is()
    {
        Tensor fake = Tensor.From([2f, -3f, 9f], 1, 1, 1, 3), mask = Tensor.From([1f, 1f, 0f], 1, 1, 1, 3);

        Assert.Equal((Softplus(-2) + Softplus(3)) / 2, AdversarialLoss.Generator(fake, mask).Item(), 1e-6);
    }

    [Fact]
    public void A_mask_of_higher_resolution_is_brought_to_that_of_the_logits()
    {
        // Columns 0 to 2 of 8 are hole: they touch the first two of four places.
        Tensor fake = Tensor.From([1f, 2f, 3f, 4f], 1, 1, 1, 4), mask = Tensor.From([1f, 1f, 1f, 0f, 0f, 0f, 0f, 0f], 1, 1, 1, 8);

        Assert.Equal((Softplus(-1) + Softplus(-2)) / 2, AdversarialLoss.Generator(fake, mask).Item(), 1e-6);
    }

    [Fact]
    public void Several_discriminators_have_equal_shares_and_none_has_no_say()
    {
        Tensor coarse = Tensor.From([2f], 1, 1, 1, 1), fine = Tensor.From([-1f, 4f], 1, 1, 1, 2), mask = Tensor.Ones([1, 1, 1, 2]);

        Assert.Equal(
            (AdversarialLoss.Generator(coarse, mask).Item() + AdversarialLoss.Generator(fine, mask).Item()) / 2,
            AdversarialLoss.Generator([coarse, fine], mask).Item(), 1e-6);
        Assert.Equal(
            (AdversarialLoss.Discriminator(coarse, -coarse, mask).Item() + AdversarialLoss.Discriminator(fine, -fine, mask).Item()) / 2,
            AdversarialLoss.Discriminator([coarse, fine], [-coarse, -fine], mask).Item(), 1e-6);
        Assert.Equal(0, AdversarialLoss.Generator([], mask).Item() + AdversarialLoss.Discriminator([], [], mask).Item());
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(-1e4f)]
    public void Extreme_logits_give_finite_losses(float logit)
    {
        Tensor logits = Tensor.From([logit], 1, 1, 1, 1), mask = Tensor.Ones([1, 1, 1, 1]);

        Assert.Equal(1e4, AdversarialLoss.Discriminator(logits, logits, mask).Item(), 1e-3);
        Assert.Equal(Math.Max(0, -logit), AdversarialLoss.Generator(logits, mask).Item(), 1e-3);
    }

    [Fact]
    public void Logits_in_bf16_are_summed_in_single_precision()
    {
        Tensor logits = Tensor.Full([1, 1, 40, 40], 1).To(DType.BFloat16), mask = Tensor.Ones([1, 1, 40, 40]);

        Tensor loss = AdversarialLoss.Discriminator(logits, logits, mask);

        Assert.Equal(DType.Float32, loss.DType);
        Assert.Equal(Softplus(-1) + Softplus(1), loss.Item(), 1e-5);
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        Tensor real = GradientCheck.Leaf(2, 1, 3, 4), fake = GradientCheck.Leaf(2, 1, 3, 4);
        Tensor mask = Models.Canvases.Mask(6, 8, new(2, 0, 3, 0), new(0, 1, 0, 0));

        GradientCheck.Verify(() => AdversarialLoss.Discriminator(real, fake, mask), real, fake);
        GradientCheck.Verify(() => AdversarialLoss.Generator(fake, mask), fake);
    }

    public void Dispose() => scope.Dispose();

    private static double Softplus(double x) => Math.Log(1 + Math.Exp(x));
}
