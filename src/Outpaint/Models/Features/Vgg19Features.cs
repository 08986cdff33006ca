using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models.Features;

/// <summary>
/// VGG19 (Simonyan and Zisserman 2015) up to the last convolution that the weights hold: activations after each
/// relu*_1, as perceptual losses use them (Johnson et al. 2016).
/// </summary>
public sealed class Vgg19Features : Module, IFeatureNetwork
{
    // torchvision's vgg19().features: convolutions per stage, each stage closed by a max pooling.
    private static readonly int[] StageDepths = [2, 2, 4, 4, 4];
    private static readonly int[] StageChannels = [64, 128, 256, 512, 512];

    private readonly ImageNetNormalization normalization;
    private readonly List<(Conv2d Convolution, bool PoolBefore, bool Tap)> layers = [];

    /// <summary>Builds as much of the network as the weights hold, frozen.</summary>
    /// <param name="weights">torchvision's names (features.N.weight), full or cut off after any layer.</param>
    /// <exception cref="StateDictException">These are not VGG19's weights.</exception>
    public Vgg19Features(IReadOnlyDictionary<string, Tensor> weights)
    {
        normalization = Child("normalization", new ImageNetNormalization());
        int channels = 3;
        foreach ((int index, int stage, bool isFirst) in Layout().TakeWhile(layer => weights.ContainsKey($"features.{layer.Index}.weight")))
        {
            var convolution = Child($"features.{index}", new Conv2d(channels, StageChannels[stage], 3));
            convolution.LoadStateDict(new Dictionary<string, Tensor>
            {
                ["weight"] = weights.Require($"features.{index}.weight"),
                ["bias"] = weights.Require($"features.{index}.bias"),
            });
            layers.Add((convolution, PoolBefore: isFirst && stage > 0, Tap: isFirst));
            channels = StageChannels[stage];
        }

        // VGG16 begins like VGG19; the layers that are left over tell them apart.
        int known = weights.Keys.Count(name => name.StartsWith("features.", StringComparison.Ordinal));
        if (layers.Count == 0 || known != 2 * layers.Count)
            throw new StateDictException("These are not VGG19's weights. Give torchvision's vgg19 file, or one cut off after any layer.");
        SetRequiresGrad(false);
        Channels = [.. StageChannels.Take(layers.Count(layer => layer.Tap))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Channels { get; }

    /// <inheritdoc/>
    public Tensor[] Forward(Tensor image)
    {
        var taps = new List<Tensor>(Channels.Count);
        Tensor x = normalization.Forward(image);
        foreach ((Conv2d convolution, bool poolBefore, bool tap) in layers)
        {
            if (taps.Count == Channels.Count)
                break; // nothing after the last tap is used
            x = poolBefore ? Dispatcher.Call("max_pool2d", x, new long[] { 2, 2 }) : x;
            x = convolution.Forward(x).Relu();
            if (tap)
                taps.Add(x);
        }

        return [.. taps];
    }

    // The number that torchvision gives each convolution: a ReLU follows each, a pooling each stage.
    private static IEnumerable<(int Index, int Stage, bool IsFirst)> Layout()
    {
        int index = 0;
        for (int stage = 0; stage < StageDepths.Length; stage++, index++)
        {
            for (int i = 0; i < StageDepths[stage]; i++, index += 2)
                yield return (index, stage, IsFirst: i == 0);
        }
    }
}
