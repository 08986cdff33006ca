using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models;

/// <summary>
/// One step up in the decoder: fewer channels, nearest-neighbour doubling, the encoder's features of that scale added,
/// and a residual block, whose 3x3 convolutions smooth the doubling (no checkerboard, Odena et al. 2016).
/// </summary>
internal sealed class UpBlock : Module
{
    private readonly Conv2d reduce;
    private readonly Conv2d skip;
    private readonly ResidualBlock refine;

    internal UpBlock(int inputChannels, int outputChannels)
    {
        reduce = Child("reduce", new Conv2d(inputChannels, outputChannels, 1));
        skip = Child("skip", new Conv2d(outputChannels, outputChannels, 1));
        refine = Child("refine", new ResidualBlock(outputChannels));
    }

    internal Tensor Forward(Tensor input, Tensor encoded)
    {
        Tensor small = reduce.Forward(input.LeakyRelu(0.2));
        return refine.Forward(Double(small) + skip.Forward(encoded.LeakyRelu(0.2)));
    }

    // Written as a view that is copied once: libtorch's own upsampling is cast to single precision by autocast.
    private static Tensor Double(Tensor x)
    {
        long[] s = x.Shape;
        Tensor pixels = x.Permute(0, 2, 3, 1).Reshape(s[0], s[2], 1, s[3], 1, s[1]);
        Tensor doubled = pixels.Expand(s[0], s[2], 2, s[3], 2, s[1]).Reshape(s[0], 2 * s[2], 2 * s[3], s[1]);
        return doubled.Permute(0, 3, 1, 2);
    }
}
