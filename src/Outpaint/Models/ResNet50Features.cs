using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models;

/// <summary>
/// ResNet-50 (He et al. 2016) up to layer3, with batch normalisation folded into the convolutions: the activations of
/// the stem and of layer1 to layer3, at 1/4, 1/4, 1/8 and 1/16 of the resolution.
/// </summary>
public sealed class ResNet50Features : Module, IFeatureNetwork
{
    private static readonly int[] Blocks = [3, 4, 6];

    private readonly ImageNetNormalization normalization;
    private readonly Conv2d stem;
    private readonly Sequential[] stages;

    /// <summary>Builds the network, frozen.</summary>
    /// <param name="weights">
    /// torchvision's names: either its own file, whose batch normalisation is folded here, or one that is folded already
    /// (a bias beside each weight), which follows the original network in where it strides (in the first 1x1).
    /// </param>
    /// <exception cref="ArgumentException">These are not ResNet-50's weights.</exception>
    /// <exception cref="KeyNotFoundException">A layer is missing.</exception>
    public ResNet50Features(IReadOnlyDictionary<string, Tensor> weights)
    {
        // ResNet-101 has the same blocks and more of them.
        if (!weights.ContainsKey("conv1.weight") || !weights.ContainsKey("layer3.5.conv3.weight") || weights.ContainsKey("layer3.6.conv3.weight"))
            throw new ArgumentException("These weights hold no ResNet-50 up to layer3. Give torchvision's resnet50 file, or one cut off after layer3.");
        bool folded = weights.ContainsKey("conv1.bias");
        normalization = Child("normalization", new ImageNetNormalization());
        stem = Child("conv1", new Conv2d(3, 64, 7, stride: 2, padding: 3));
        stages = new Sequential[Blocks.Length];
        for (int stage = 0; stage < stages.Length; stage++)
        {
            int width = 64 << stage, first = stage;
            stages[stage] = Child($"layer{stage + 1}", new Sequential([.. Enumerable.Range(0, Blocks[stage]).Select(block => new Bottleneck(
                block > 0 ? 4 * width : Math.Max(64, 2 * width * Math.Min(stage, 1)), width, block == 0 && first > 0 ? 2 : 1, block == 0, strideInFirst: folded))]));
        }

        Dictionary<string, Tensor> state = BatchNormFolding.Fold(weights, NamedParameters().Select(parameter => parameter.Name));
        foreach ((string name, Tensor constant) in NamedBuffers()) // these are in no file
            state[name] = constant;
        LoadStateDict(state);
        SetRequiresGrad(false);
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Channels { get; } = [64, 256, 512, 1024];

    /// <inheritdoc/>
    public Tensor[] Forward(Tensor image)
    {
        Tensor x = stem.Forward(normalization.Forward(image).Contiguous(MemoryFormat.ChannelsLast)).Relu();
        x = Dispatcher.Call("max_pool2d", x, new long[] { 3, 3 }, new long[] { 2, 2 }, new long[] { 1, 1 });
        var taps = new Tensor[stages.Length + 1];
        taps[0] = x;
        for (int i = 0; i < stages.Length; i++)
            taps[i + 1] = stages[i].Forward(taps[i]);
        return taps;
    }
}
