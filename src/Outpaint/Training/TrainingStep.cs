using Outpaint.Losses;
using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Training.Batches;

namespace Outpaint.Training;

/// <summary>
/// One update of the discriminators and one of the generator. The whole objective is here:
/// discriminators minimise BCE(real, fake) + w0 R1; the generator minimises
/// w1 L1 + w2 perceptual + w3 BCE(patches) + w4 BCE(features) + w5 feature matching + w6 mirror penalty + w7 colour.
/// </summary>
internal sealed class TrainingStep(TrainingOptions options, TrainingNetworks networks, FeatureNetworks features, Device device, bool bf16)
{
    /// <summary>Runs a step and returns its losses, scalars on the device, so that nothing waits for it.</summary>
    /// <param name="batch">Photos and holes.</param>
    /// <param name="step">The step's number from 0, for the warm-up and for what is done every few steps.</param>
    /// <param name="imagesBefore">Images shown before.</param>
    internal StepLosses Run(TrainingBatch batch, long step, long imagesBefore)
    {
        using TensorScope scope = new();
        (Tensor original, Tensor mask, Tensor? warp) = batch.ToTensors();
        DiffAugment? augment = batch.Plan.Augmentations is { } drawn ? new DiffAugment(drawn, options.ImageSize, device) : null;
        var views = new DiscriminatorViews(features, augment, withFeatures: options.ProjectedWeight > 0);

        // 1. Outpaint. The known pixels stay as they are, here as in use.
        Tensor given, invented, output, composite;
        Tensor[][] realFeatures, fakeFeatures;
        using (Precision())
        {
            (given, invented) = EarlierFill.Make(networks.Average, original, mask, warp, options.EarlierFills);
            output = networks.Generator.Forward(given, mask, warp);
            composite = given + ((output - given) * mask);
            realFeatures = features.ForwardFixed(original);
            fakeFeatures = features.Forward(composite);
        }

        // 2. Show it to the discriminators.
        DiscriminatorView real, fake, shown;
        Tensor[] realActivations = [], featureSizes;
        Tensor patchLoss = Zero(), projectedLoss;
        using (Precision())
        {
            real = views.Of(original, invented, realFeatures);
            fake = views.Of(composite, invented, fakeFeatures);
            shown = views.WithMirrors(fake, original, composite, invented, options.MirrorNegatives);
            if (JudgesPatches)
            {
                // In one pass: larger batches run faster, and the kernels are normalised once.
                Tensor[] activations = networks.Patch.Forward(
                    Tensor.Cat([real.Image, shown.Image.Detach()], 0), Tensor.Cat([real.Mask, shown.Mask], 0));
                long count = original.Size(0);
                realActivations = [.. activations.Select(a => a.Narrow(0, 0, count))];
                patchLoss = AdversarialLoss.Discriminator(realActivations[^1], activations[^1].Narrow(0, count, count), shown.Mask);
            }

            featureSizes = options.ProjectedWeight > 0 ? ProjectedDiscriminator.Sizes(real.Features) : [];
            projectedLoss = IfOn(options.ProjectedWeight, () => AdversarialLoss.Discriminator(
                networks.Projected.Forward(real.Features, real.Mask, featureSizes),
                networks.Projected.Forward([.. shown.Features.Select(f => f.Detach())], shown.Mask, featureSizes),
                shown.Mask));
        }

        // 3. Teach the discriminators.
        Tensor penalty = Zero();
        if (JudgesPatches && options.R1Gamma > 0 && step % options.R1Every == 0)
            penalty = R1Penalty.Compute(image => networks.Patch.Forward(image, real.Mask)[^1], real.Image);
        Tensor judgement = patchLoss + projectedLoss + (penalty * (options.R1Gamma * options.R1Every));
        if (judgement.RequiresGrad) // else nobody judges
        {
            networks.DiscriminatorOptimizer.ZeroGrad();
            judgement.Backward();
            networks.DiscriminatorOptimizer.Step();
        }

        // 4. Teach the generator, through discriminators that hold still.
        networks.GeneratorOptimizer.ZeroGrad();
        SetDiscriminatorsRequireGrad(false);
        Tensor reconstruction = ReconstructionLoss.Compute(output, given, mask);
        Tensor perceptual = IfOn(options.PerceptualWeight, () => PerceptualLoss.Compute(fakeFeatures, realFeatures, device));
        Tensor mirror = IfOn(options.MirrorWeight, () => MirrorPenalty.Compute(composite, given, mask));
        Tensor colour = IfOn(options.ColourWeight, () => ColourLoss.Compute(output, given, mask));
        Tensor total = (reconstruction * options.ReconstructionWeight) + (perceptual * options.PerceptualWeight)
            + (mirror * options.MirrorWeight) + (colour * options.ColourWeight);
        Tensor adversarial = Zero(), projected = Zero(), matching = Zero();
        if (step >= options.WarmUpSteps)
        {
            using (Precision())
            {
                Tensor[] activations = JudgesPatches ? networks.Patch.Forward(fake.Image, fake.Mask) : [];
                adversarial = IfOn(options.AdversarialWeight, () => AdversarialLoss.Generator(activations[^1], fake.Mask));
                matching = IfOn(options.FeatureMatchingWeight, () => FeatureMatchingLoss.Compute(activations, [.. realActivations.Select(a => a.Detach())]));
                projected = IfOn(options.ProjectedWeight, () => AdversarialLoss.Generator(
                    networks.Projected.Forward(fake.Features, fake.Mask, featureSizes), fake.Mask));
            }

            total = total + (adversarial * options.AdversarialWeight) + (projected * options.ProjectedWeight)
                + (matching * options.FeatureMatchingWeight);
        }

        total.Backward();
        SetDiscriminatorsRequireGrad(true);
        networks.GeneratorOptimizer.Step();

        // 5. Average the generator over time.
        networks.UpdateAverage(options.BatchSize, HalfLife(imagesBefore + options.BatchSize));

        using GradMode noGrad = GradMode.Disabled();
        return new StepLosses(
            ("loss/generator", total),
            ("loss/reconstruction", reconstruction),
            ("loss/perceptual", perceptual),
            ("loss/adversarial", adversarial),
            ("loss/projected", projected),
            ("loss/feature_matching", matching),
            ("loss/patch_discriminator", patchLoss),
            ("loss/projected_discriminator", projectedLoss),
            ("loss/r1", penalty),
            ("loss/mirror", mirror),
            ("loss/colour", colour));
    }

    /// <summary>The reconstruction loss on a batch with the weights as they are now; nothing is learnt.</summary>
    internal double Reconstruction(TrainingBatch batch)
    {
        using GradMode noGrad = GradMode.Disabled();
        using TensorScope scope = new();
        (Tensor original, Tensor mask, Tensor? warp) = batch.ToTensors();
        Tensor output;
        using (Precision())
            output = networks.Generator.Forward(original, mask, warp);
        return ReconstructionLoss.Compute(output, original, mask).Item();
    }

    // Whether the generator listens to the patch discriminator at all. One that it does not listen to stays as it was made, so
    // that every checkpoint holds the same networks and the weights can be given later.
    private bool JudgesPatches => options.AdversarialWeight > 0 || options.FeatureMatchingWeight > 0;

    private Autocast Precision() => new(device.Type, bf16 ? DType.BFloat16 : null);

    // A term that is switched off takes no time, and cannot make the sum infinite.
    private Tensor IfOn(double weight, Func<Tensor> loss) => weight > 0 ? loss() : Zero();

    private Tensor Zero() => Tensor.Zeros([], DType.Float32, device);

    // Early on the average would hold the random weights that a run began with: a twentieth of what was shown bounds its
    // half-life (Karras et al. 2020, StyleGAN2's ramp-up).
    private double HalfLife(long shown) => options.InitWeights is null ? Math.Min(options.EmaHalfLife, shown * 0.05) : options.EmaHalfLife;

    private void SetDiscriminatorsRequireGrad(bool enabled)
    {
        networks.Patch.SetRequiresGrad(enabled);
        networks.Projected.SetRequiresGrad(enabled);
    }
}
