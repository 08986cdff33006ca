using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models.Blocks;

/// <summary>x + conv(leaky(conv(leaky(x)))): a pre-activation residual block (He et al. 2016) without normalisation.</summary>
internal sealed class ResidualBlock : Layer
{
    // Without normalisation a block must start close to the identity, or the sum over blocks grows (Zhang et al. 2019).
    internal const double BranchGain = 0.2;

    private readonly Conv2d first;
    private readonly Conv2d second;

    internal ResidualBlock(int channels)
    {
        first = Child("first", new Conv2d(channels, channels, 3));
        second = Child("second", new Conv2d(channels, channels, 3, gain: BranchGain));
    }

    // In place where the values before are not needed, backwards neither: most of the time besides the convolutions is memory's.
    public override Tensor Forward(Tensor input) => second.Forward(first.Forward(input.LeakyRelu()).LeakyRelu_()).Add_(input);
}
