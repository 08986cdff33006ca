using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models.Features;

/// <summary>
/// ResNet-50 (He et al. 2016) up to layer3, with batch normalisation folded into the convolutions: the activations of
/// the stem and of layer1 to layer3, at 1/4, 1/4, 1/8 and 1/16 of the resolution. Dilated, layer3 stays at 1/8: its
/// stride is left out and its kernels are spread instead, so that the same weights see the same surroundings of every
/// place (Yu et al. 2017, Dilated Residual Networks; LaMa's high receptive field loss, Suvorov et al. 2022, section 2.2).
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
    /// <param name="dilated">Whether layer3 dilates instead of striding.</param>
    /// <exception cref="StateDictException">These are not ResNet-50's weights, or a layer is missing.</exception>
    public ResNet50Features(IReadOnlyDictionary<string, Tensor> weights, bool dilated = false)
    {
        // ResNet-101 has the same blocks and more of them.
        if (!weights.ContainsKey("conv1.weight") || !weights.ContainsKey("layer3.5.conv3.weight") || weights.ContainsKey("layer3.6.conv3.weight"))
            throw new StateDictException("These weights hold no ResNet-50 up to layer3. Give torchvision's resnet50 file, or one cut off after layer3.");
        bool folded = weights.ContainsKey("conv1.bias");
        normalization = Child("normalization", new ImageNetNormalization());
        stem = Child("conv1", new Conv2d(3, 64, 7, stride: 2, padding: 3));
        stages = new Sequential[Blocks.Length];
        for (int stage = 0; stage < stages.Length; stage++)
            stages[stage] = Child($"layer{stage + 1}", Stage(stage, strideInFirst: folded, dilated: dilated && stage == stages.Length - 1));

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
        Tensor x = stem.Forward(normalization.Forward(image).ForConvolution()).Relu();
        x = Dispatcher.Call("max_pool2d", x, new long[] { 3, 3 }, new long[] { 2, 2 }, new long[] { 1, 1 });
        var taps = new Tensor[stages.Length + 1];
        taps[0] = x;
        for (int i = 0; i < stages.Length; i++)
            taps[i + 1] = stages[i].Forward(taps[i]);
        return taps;
    }

    private static Sequential Stage(int stage, bool strideInFirst, bool dilated)
    {
        int width = 64 << stage;
        int input = stage == 0 ? 64 : 2 * width;
        int stride = stage == 0 || dilated ? 1 : 2;
        var blocks = new Bottleneck[Blocks[stage]];
        for (int i = 0; i < blocks.Length; i++)
        {
            // A kernel that comes before the stride, or strides itself, sees the places as they were.
            int dilation = dilated && (i > 0 || strideInFirst) ? 2 : 1;
            blocks[i] = new Bottleneck(i == 0 ? input : 4 * width, width, i == 0 ? stride : 1, hasShortcut: i == 0, strideInFirst, dilation);
        }

        return new Sequential(blocks);
    }
}
