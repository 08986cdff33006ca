using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models.Features;

/// <summary>ResNet-50's block: 1x1 down, 3x3, 1x1 up, added to the input (He et al. 2016, figure 5 right).</summary>
internal sealed class Bottleneck : Layer
{
    private const int Expansion = 4;

    private readonly Conv2d reduce;
    private readonly Conv2d spatial;
    private readonly Conv2d expand;
    private readonly Conv2d? shortcut;

    internal Bottleneck(int inputChannels, int width, int stride, bool hasShortcut, bool strideInFirst, int dilation = 1)
    {
        reduce = Child("conv1", new Conv2d(inputChannels, width, 1, strideInFirst ? stride : 1, padding: 0));
        spatial = Child("conv2", new Conv2d(width, width, 3, strideInFirst ? 1 : stride, padding: dilation, dilation: dilation));
        expand = Child("conv3", new Conv2d(width, Expansion * width, 1));
        if (hasShortcut)
            shortcut = Child("downsample.0", new Conv2d(inputChannels, Expansion * width, 1, stride, padding: 0));
    }

    public override Tensor Forward(Tensor input)
    {
        Tensor x = expand.Forward(spatial.Forward(reduce.Forward(input).Relu()).Relu());
        return (x + (shortcut is null ? input : shortcut.Forward(input))).Relu();
    }
}
