using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models.Blocks;

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
        Tensor small = reduce.Forward(input.LeakyRelu());
        Tensor doubled = NearestUpsampling.Enlarge(small, 2 * small.Size(2), 2 * small.Size(3));
        return refine.Forward(skip.Forward(encoded.LeakyRelu()).Add_(doubled));
    }
}
