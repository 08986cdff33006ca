using Outpaint.Losses;
using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>
/// One update of the discriminators and one of the generator. The whole objective is here:
/// discriminators minimise BCE(real, fake); the generator minimises
/// w1 L1 + w2 perceptual + w3 BCE(patches) + w4 BCE(features) + w5 feature matching.
/// </summary>
internal sealed class TrainingStep(TrainingOptions options, TrainingNetworks networks, FeatureNetworks features, Device device, bool bf16)
{
    /// <summary>Runs a step and returns its losses, scalars on the device, so that nothing waits for it.</summary>
    /// <param name="batch">Photos and holes.</param>
    /// <param name="step">The step's number from 0, for the warm-up.</param>
    internal StepLosses Run(TrainingBatch batch, long step)
    {
        using TensorScope scope = new();
        (Tensor original, Tensor mask) = batch.ToTensors(options.ImageSize, device);
        DType? precision = bf16 ? DType.BFloat16 : null;

        // 1. Outpaint. The known pixels are the photograph's own, here as in use.
        Tensor output, composite;
        Tensor[][] realFeatures, fakeFeatures;
        using (new Autocast(device.Type, precision))
        {
            output = batch.DraftScale is { } scale
                ? networks.Generator.Refine(Draft.Make(original, mask, scale), mask)
                : networks.Generator.Forward(original, mask);
            composite = original + ((output - original) * mask);
            using (GradMode.Disabled())
                realFeatures = features.Forward(original);
            fakeFeatures = features.Forward(composite);
        }

        // 2. Teach the discriminators.
        networks.DiscriminatorOptimizer.ZeroGrad();
        Tensor patchLoss, projectedLoss;
        Tensor[] realActivations;
        using (new Autocast(device.Type, precision))
        {
            // In one pass: larger batches run faster, and the kernels are normalised once.
            Tensor[] activations = networks.Patch.Forward(Tensor.Cat([original, composite.Detach()], 0), Tensor.Cat([mask, mask], 0));
            long count = original.Size(0);
            realActivations = [.. activations.Select(a => a.Narrow(0, 0, count))];
            Tensor fakeLogits = activations[^1].Narrow(0, count, count);
            patchLoss = AdversarialLoss.Discriminator(realActivations[^1], fakeLogits, mask);
            projectedLoss = Projected(
                Critic(realFeatures), [.. Critic(fakeFeatures).Select(f => f.Detach())], mask);
        }

        (patchLoss + projectedLoss).Backward();
        networks.DiscriminatorOptimizer.Step();

        // 3. Teach the generator, through discriminators that hold still.
        networks.GeneratorOptimizer.ZeroGrad();
        SetDiscriminatorsRequireGrad(false);
        Tensor reconstruction = ReconstructionLoss.Compute(output, original, mask);
        Tensor perceptual = Perceptual(fakeFeatures, realFeatures);
        Tensor total = (reconstruction * options.ReconstructionWeight) + (perceptual * options.PerceptualWeight);
        Tensor adversarial = Zero(), projected = Zero(), matching = Zero();
        if (step >= options.WarmUpSteps)
        {
            using (new Autocast(device.Type, precision))
            {
                Tensor[] activations = networks.Patch.Forward(composite, mask);
                adversarial = AdversarialLoss.Generator(activations[^1], mask);
                matching = FeatureMatchingLoss.Compute(activations, [.. realActivations.Select(a => a.Detach())]);
                projected = ProjectedGenerator(Critic(fakeFeatures), mask);
            }

            total = total + (adversarial * options.AdversarialWeight) + (projected * options.ProjectedWeight)
                + (matching * options.FeatureMatchingWeight);
        }

        total.Backward();
        SetDiscriminatorsRequireGrad(true);
        networks.GeneratorOptimizer.Step();
        networks.UpdateAverage(options.BatchSize, (step + 1) * options.BatchSize, options.EmaHalfLife);

        using GradMode noGrad = GradMode.Disabled();
        return new StepLosses(scope.Keep(Tensor.Stack(
            [total.Detach(), reconstruction.Detach(), perceptual.Detach(), adversarial.Detach(), projected.Detach(), matching.Detach(), patchLoss.Detach(), projectedLoss.Detach()])));
    }

    private static IReadOnlyList<Tensor> Critic(Tensor[][] all) => all.Length == 0 ? [] : [.. FeatureNetworks.CriticLayers(all[0])];

    private Tensor Zero() => Tensor.Zeros([], DType.Float32, device);

    private Tensor Perceptual(Tensor[][] fake, Tensor[][] real)
    {
        Tensor total = Zero();
        for (int i = 0; i < fake.Length; i++)
            total = total + (PerceptualLoss.Compute(fake[i], real[i]) / fake.Length);
        return total;
    }

    private Tensor Projected(IReadOnlyList<Tensor> real, IReadOnlyList<Tensor> fake, Tensor mask)
    {
        Tensor[] realLogits = networks.Projected.Forward(real, mask), fakeLogits = networks.Projected.Forward(fake, mask);
        Tensor total = Zero();
        for (int i = 0; i < realLogits.Length; i++)
            total = total + (AdversarialLoss.Discriminator(realLogits[i], fakeLogits[i], mask) / realLogits.Length);
        return total;
    }

    private Tensor ProjectedGenerator(IReadOnlyList<Tensor> fake, Tensor mask)
    {
        Tensor[] logits = networks.Projected.Forward(fake, mask);
        Tensor total = Zero();
        foreach (Tensor logit in logits)
            total = total + (AdversarialLoss.Generator(logit, mask) / logits.Length);
        return total;
    }

    private void SetDiscriminatorsRequireGrad(bool enabled)
    {
        networks.Patch.SetRequiresGrad(enabled);
        networks.Projected.SetRequiresGrad(enabled);
    }
}
