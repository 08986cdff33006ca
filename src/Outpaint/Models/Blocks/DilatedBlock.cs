using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models.Blocks;

/// <summary>
/// A residual block of one dilated 3x3 convolution (Yu and Koltun 2016) and one 1x1: at 256 channels a dense dilated
/// convolution takes no longer on a CPU than a depthwise one, and holds a hundred times the weights.
/// </summary>
internal sealed class DilatedBlock : Layer
{
    private readonly Conv2d spatial;
    private readonly Conv2d mix;

    internal DilatedBlock(int channels, int dilation)
    {
        spatial = Child("spatial", new Conv2d(channels, channels, 3, dilation: dilation));
        mix = Child("mix", new Conv2d(channels, channels, 1, gain: ResidualBlock.BranchGain));
    }

    /// <summary>Makes the block return its input, until it learns better.</summary>
    internal void MakeIdentity()
    {
        using GradMode noGrad = GradMode.Disabled();
        foreach (Tensor parameter in mix.Parameters())
            parameter.Fill_(0);
    }

    public override Tensor Forward(Tensor input) => mix.Forward(spatial.Forward(input.LeakyRelu()).LeakyRelu_()).Add_(input);
}
