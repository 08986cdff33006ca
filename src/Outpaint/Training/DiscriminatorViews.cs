using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>Makes what the discriminators see in one step.</summary>
/// <param name="features">The frozen networks.</param>
/// <param name="augment">How all of it is changed, if it is.</param>
/// <param name="withFeatures">Whether there are discriminators on features; without them, images of their own get none.</param>
internal sealed class DiscriminatorViews(FeatureNetworks features, DiffAugment? augment, bool withFeatures)
{
    /// <summary>Images as they are, or as they are changed.</summary>
    /// <param name="image">The images: [N, 3, H, W] in [-1, 1].</param>
    /// <param name="mask">1 in the hole: [N, 1, H, W].</param>
    /// <param name="activations">The frozen networks' of the images; where those are changed, they need their own.</param>
    internal DiscriminatorView Of(Tensor image, Tensor mask, Tensor[][] activations)
    {
        if (augment is null)
            return new DiscriminatorView(image, mask, FeatureNetworks.ForDiscriminators(activations));
        Tensor changed = augment.Apply(image);
        return new DiscriminatorView(changed, augment.ApplyToMask(mask), FeaturesOf(changed));
    }

    /// <summary>
    /// Negative data augmentation (Sinha et al. 2021): in place of some outpainted pictures the discriminators see mirrored
    /// photographs, every patch of which is real. What gives those away is what the generator is to unlearn.
    /// </summary>
    /// <param name="fake">The view of the outpainted pictures.</param>
    /// <param name="original">The photographs: [N, 3, H, W] in [-1, 1].</param>
    /// <param name="composite">The outpainted pictures, likewise.</param>
    /// <param name="mask">1 in the hole: [N, 1, H, W].</param>
    /// <param name="share">The share of the batch that is replaced, rounded up to whole pictures.</param>
    internal DiscriminatorView WithMirrors(DiscriminatorView fake, Tensor original, Tensor composite, Tensor mask, double share)
    {
        long mirrored = (long)Math.Ceiling(share * original.Size(0));
        if (mirrored == 0)
            return fake;
        using GradMode noGrad = GradMode.Disabled();
        Tensor mirror = ReflectionPrefill.Fill(original.Narrow(0, 0, mirrored), mask.Narrow(0, 0, mirrored));
        Tensor image = Replaced(composite, mirror);
        return augment is null
            ? new DiscriminatorView(image, mask, [.. fake.Features.Zip(FeaturesOf(mirror), Replaced)])
            : Of(image, mask, []);

        static Tensor Replaced(Tensor all, Tensor first) => Tensor.Cat([first, all.Narrow(0, first.Size(0), all.Size(0) - first.Size(0))], 0);
    }

    private Tensor[] FeaturesOf(Tensor image) => withFeatures ? features.ForwardForDiscriminators(image) : [];
}
