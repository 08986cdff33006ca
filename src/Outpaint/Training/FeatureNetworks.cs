using Outpaint.Models;
using Outpaint.Models.Features;
using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Torch.Serialization;

namespace Outpaint.Training;

/// <summary>The frozen networks of a run: whatever weights the user has.</summary>
internal sealed class FeatureNetworks : IDisposable
{
    private readonly IFeatureNetwork[] networks;

    private FeatureNetworks(IFeatureNetwork[] networks) => this.networks = networks;

    /// <summary>Whether there is none, so that the perceptual loss is left out.</summary>
    internal bool IsEmpty => networks.Length == 0;

    /// <summary>Channels of the layers that the projected discriminators sit on; empty without a network.</summary>
    internal IReadOnlyList<int> DiscriminatorChannels => IsEmpty ? [] : [.. DiscriminatorLayers(networks[0].Channels)];

    internal static FeatureNetworks Load(TrainingOptions options, Device device)
    {
        var networks = new List<IFeatureNetwork>();
        // ResNet-50 first: the projected discriminators sit on the first network, and it serves them better than VGG19.
        if (options.ResNetWeights is { } resNet)
            networks.Add(Load(resNet, weights => new ResNet50Features(weights, options.ResNetDilated)));
        if (options.VggWeights is { } vgg)
            networks.Add(Load(vgg, weights => new Vgg19Features(weights)));
        foreach (IFeatureNetwork network in networks)
            network.To(device, TorchRuntime.ConvolutionFormat(device));
        return new FeatureNetworks([.. networks]);
    }

    /// <summary>Activations of every network for one batch of images.</summary>
    internal Tensor[][] Forward(Tensor image) => [.. networks.Select(network => network.Forward(image))];

    /// <summary>The same outside any graph, and without what lies between those layers, which takes fifteen times their memory.</summary>
    internal Tensor[][] ForwardFixed(Tensor photographs)
    {
        using GradMode noGrad = GradMode.Disabled();
        using TensorScope passing = new();
        return [.. Forward(photographs).Select(layers => layers.Select(passing.Keep).ToArray())];
    }

    /// <summary>What the projected discriminators judge in these activations of all networks.</summary>
    internal static Tensor[] ForDiscriminators(Tensor[][] activations) => activations.Length == 0 ? [] : [.. DiscriminatorLayers(activations[0])];

    /// <summary>What the projected discriminators judge in an image of their own.</summary>
    internal Tensor[] ForwardForDiscriminators(Tensor image) => IsEmpty ? [] : [.. DiscriminatorLayers(networks[0].Forward(image))];

    // The stem's are too close to pixels.
    private static IEnumerable<T> DiscriminatorLayers<T>(IReadOnlyList<T> layers) => layers.Skip(1);

    public void Dispose()
    {
        foreach (IFeatureNetwork network in networks)
            network.Dispose();
    }

    private static IFeatureNetwork Load(string path, Func<IReadOnlyDictionary<string, Tensor>, IFeatureNetwork> build)
    {
        using TensorScope files = new();
        IReadOnlyDictionary<string, Tensor> weights = WeightsFile.Load(path);
        try
        {
            return build(weights);
        }
        catch (StateDictException e)
        {
            throw new TrainingException($"{path}: {e.Message}", e);
        }
    }
}
