using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Training.Masks;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Models;

public sealed class DiscriminatorTests : IDisposable
{
    private readonly TensorScope scope = new();

    [Theory]
    [InlineData(64, 64)]
    [InlineData(128, 64)]
    public void The_patch_discriminator_returns_its_activations_and_a_logit_per_patch(int height, int width)
    {
        using PatchDiscriminator discriminator = new(8);

        Tensor[] activations = discriminator.Forward(Image(2, height, width), Mask(height, width, new Margins(8, 8, 8, 8), default));

        Assert.Equal([8, 16, 32, 64, 1], activations.Select(activation => activation.Size(1)));
        Assert.Equal([2, 1, (height / 8) - 2, (width / 8) - 2], activations[^1].Shape);
        Assert.Contains(Values(activations[^1]), logit => logit < 0 || logit > 0);
    }

    [Fact]
    public void A_logit_sees_exactly_70_by_70_pixels()
    {
        using PatchDiscriminator discriminator = new(8);
        Tensor image = Image(1, 128, 128);
        image.RequiresGrad = true;

        Tensor logits = discriminator.Forward(image, Mask(128, 128, new Margins(8, 8, 8, 8)))[^1];
        Tensor gradient = Autograd.Grad(logits.Narrow(2, 7, 1).Narrow(3, 6, 1).Sum(), [image])[0]!;

        Assert.Equal(70, Extent(gradient, 3));
        Assert.Equal(70, Extent(gradient, 2));
    }

    [Fact]
    public void The_projected_discriminator_returns_a_logit_per_place_of_each_feature_map()
    {
        using ProjectedDiscriminator discriminator = new([16, 32, 64]);
        Tensor[] features = [Tensor.Randn([2, 16, 16, 12]), Tensor.Randn([2, 32, 8, 6]), Tensor.Randn([2, 64, 4, 3])];

        Tensor[] logits = discriminator.Forward(
            features, Mask(64, 48, new Margins(8, 8, 8, 8), new Margins(8, 0, 0, 0)), ProjectedDiscriminator.Sizes(features));

        Assert.Equal<long[]>([[2, 1, 16, 12], [2, 1, 8, 6], [2, 1, 4, 3]], logits.Select(logit => logit.Shape));
    }

    [Fact]
    public void The_projected_discriminator_sees_how_large_activations_are_beside_those_of_photographs()
    {
        using ProjectedDiscriminator discriminator = new([16]);
        discriminator.Train(false);
        Tensor photograph = Tensor.Randn([1, 16, 8, 8]), mask = Mask(32, 32, new Margins(8, 0, 0, 0));
        Tensor[] sizes = ProjectedDiscriminator.Sizes([photograph]);

        Tensor onPhotograph = discriminator.Forward([photograph], mask, sizes)[0];
        Tensor onBlur = discriminator.Forward([photograph * 0.5], mask, sizes)[0];
        Tensor onBrightened = discriminator.Forward([photograph * 4], mask, ProjectedDiscriminator.Sizes([photograph * 4]))[0];

        Assert.NotEqual(Values(onPhotograph), Values(onBlur));
        Assert.All(Values(onPhotograph).Zip(Values(onBrightened)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void A_projected_head_sees_its_own_scale_and_the_next_deeper_one()
    {
        using ProjectedDiscriminator discriminator = new([16, 32, 64]);
        discriminator.Train(false);
        Tensor[] features = [Tensor.Randn([1, 16, 16, 16]), Tensor.Randn([1, 32, 8, 8]), Tensor.Randn([1, 64, 4, 4])];
        Tensor[] sizes = ProjectedDiscriminator.Sizes(features);
        Tensor mask = Mask(64, 64, new Margins(8, 0, 0, 0));
        Tensor[] before = discriminator.Forward(features, mask, sizes);

        for (int changed = 0; changed < features.Length; changed++)
        {
            Tensor[] others = [.. features];
            others[changed] = Tensor.Randn(features[changed].Shape);
            Tensor[] after = discriminator.Forward(others, mask, sizes);
            for (int head = 0; head < before.Length; head++)
                Assert.Equal(changed - head is 0 or 1, !Values(before[head]).SequenceEqual(Values(after[head])));
        }
    }

    [Fact]
    public void The_projections_are_saved_but_not_trained()
    {
        using ProjectedDiscriminator discriminator = new([16]);

        Assert.Contains("projection0", discriminator.StateDict().Keys);
        Assert.DoesNotContain("projection0", discriminator.NamedParameters().Select(parameter => parameter.Name));
    }

    [Fact]
    public void A_cell_counts_as_hole_as_soon_as_one_of_its_pixels_does()
    {
        Tensor mask = Mask(16, 16, new Margins(5, 0, 0, 0), new Margins(0, 0, 0, 1));

        Tensor touched = MaskScaling.Touched(mask, Tensor.Zeros([2, 7, 4, 4]));

        Assert.Equal([2, 1, 4, 4], touched.Shape);
        float[] left = [1, 1, 0, 0], none = [0, 0, 0, 0], all = [1, 1, 1, 1];
        Assert.Equal([.. left, .. left, .. left, .. left, .. none, .. none, .. none, .. all], Values(touched));
    }

    public void Dispose() => scope.Dispose();

    // Rows or columns in which the gradient is not zero.
    private static int Extent(Tensor gradient, int dimension) =>
        Values(gradient.Abs().Sum([0, 1, dimension == 2 ? 3 : 2])).Count(value => value > 0);
}
