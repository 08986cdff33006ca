using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Torch.Optim;

namespace Outpaint.Training;

/// <summary>All that learns in a run, with its optimizers and the averaged generator.</summary>
internal sealed class TrainingNetworks : IDisposable
{
    internal TrainingNetworks(TrainingOptions options, IReadOnlyList<int> discriminatorChannels, Device device)
    {
        Generator = new Generator(options.Generator);
        Average = new Generator(options.Generator);
        Patch = new PatchDiscriminator(options.DiscriminatorWidth);
        Projected = new ProjectedDiscriminator(discriminatorChannels);
        Average.Train(false);
        Average.SetRequiresGrad(false);
        Average.LoadStateDict(Generator.StateDict());
        foreach (Torch.Modules.Module module in new Torch.Modules.Module[] { Generator, Average, Patch, Projected })
            module.To(device, TorchRuntime.ConvolutionFormat(device));
        var adam = new AdamOptions(options.LearningRate, options.Beta1, options.Beta2);
        GeneratorOptimizer = new Adam(Generator.NamedParameters(), adam);
        DiscriminatorOptimizer = new Adam(
            Prefixed("patch", Patch.NamedParameters()).Concat(Prefixed("projected", Projected.NamedParameters())), adam);
    }

    internal Generator Generator { get; }

    /// <summary>Exponential moving average of the generator's weights: what is evaluated and shipped.</summary>
    internal Generator Average { get; }

    internal PatchDiscriminator Patch { get; }

    internal ProjectedDiscriminator Projected { get; }

    internal Adam GeneratorOptimizer { get; }

    internal Adam DiscriminatorOptimizer { get; }

    /// <summary>The rate of both optimizers from the next step on.</summary>
    internal double LearningRate
    {
        get => GeneratorOptimizer.LearningRate;
        set => GeneratorOptimizer.LearningRate = DiscriminatorOptimizer.LearningRate = value;
    }

    /// <summary>Every tensor that a checkpoint holds, by name; the run's own tensors, not copies.</summary>
    internal Dictionary<string, Tensor> StateDict() => Parts()
        .SelectMany(part => part.State.Select(entry => (Name: $"{part.Name}/{entry.Key}", entry.Value)))
        .ToDictionary(entry => entry.Name, entry => entry.Value);

    /// <summary>Restores what <see cref="StateDict"/> returned.</summary>
    /// <exception cref="StateDictException">The checkpoint belongs to other networks, or to some of other sizes.</exception>
    internal void LoadStateDict(IReadOnlyDictionary<string, Tensor> state)
    {
        Generator.LoadStateDict(PartOf(state, "generator"));
        Average.LoadStateDict(PartOf(state, "average"));
        Patch.LoadStateDict(PartOf(state, "patch"));
        Projected.LoadStateDict(PartOf(state, "projected"));
        GeneratorOptimizer.LoadStateDict(PartOf(state, "generator_adam"));
        DiscriminatorOptimizer.LoadStateDict(PartOf(state, "discriminator_adam"));
    }

    /// <summary>The entries of one part of a saved state, under the part's own names.</summary>
    internal static Dictionary<string, Tensor> PartOf(IReadOnlyDictionary<string, Tensor> state, string part) => state
        .Where(entry => entry.Key.StartsWith(part + "/", StringComparison.Ordinal))
        .ToDictionary(entry => entry.Key[(part.Length + 1)..], entry => entry.Value);

    /// <summary>Moves the average towards the generator.</summary>
    /// <param name="images">Images in the step.</param>
    /// <param name="halfLife">Images after which a set of weights counts half.</param>
    internal void UpdateAverage(int images, double halfLife)
    {
        double decay = Math.Pow(0.5, images / halfLife);
        using GradMode noGrad = GradMode.Disabled();
        Tensor[] average = Average.Parameters();
        Dispatcher.CallInPlace("_foreach_mul_.Scalar", average, decay);
        Dispatcher.CallInPlace("_foreach_add_.List", average, Generator.Parameters(), 1 - decay);
    }

    /// <summary>Whether every weight is a finite number. Waits for the device.</summary>
    internal bool AreFinite()
    {
        using TensorScope scope = new();
        using GradMode noGrad = GradMode.Disabled();
        Tensor[] weights = [.. Generator.Parameters(), .. Patch.Parameters(), .. Projected.Parameters()];
        return double.IsFinite(Tensor.Stack(Dispatcher.CallMany("_foreach_norm.Scalar", weights, 2)).Sum().Item());
    }

    public void Dispose()
    {
        foreach (IDisposable part in new IDisposable[] { Generator, Average, Patch, Projected, GeneratorOptimizer, DiscriminatorOptimizer })
            part.Dispose();
    }

    private static IEnumerable<(string Name, Tensor Tensor)> Prefixed(string prefix, IEnumerable<(string Name, Tensor Tensor)> parameters) =>
        parameters.Select(parameter => ($"{prefix}.{parameter.Name}", parameter.Tensor));

    private (string Name, IReadOnlyDictionary<string, Tensor> State)[] Parts() =>
    [
        ("generator", Generator.StateDict()),
        ("average", Average.StateDict()),
        ("patch", Patch.StateDict()),
        ("projected", Projected.StateDict()),
        ("generator_adam", GeneratorOptimizer.StateDict()),
        ("discriminator_adam", DiscriminatorOptimizer.StateDict()),
    ];
}
