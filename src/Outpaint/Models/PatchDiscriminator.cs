using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models;

/// <summary>
/// A PatchGAN (Isola et al. 2017): a logit for each overlapping 70x70 patch of the canvas, above 0 for "photograph".
/// Spectral normalisation (Miyato et al. 2018) in place of batch normalisation.
/// </summary>
public sealed class PatchDiscriminator : Module
{
    /// <summary>The name of the weights of which there is one for each channel of the first layer.</summary>
    internal const string FirstBias = "0.conv.bias";

    private readonly SpectralNormConv2d[] layers;

    /// <summary>Makes the network.</summary>
    /// <param name="width">Channels of the first layer (ndf); they double up to eight times that.</param>
    public PatchDiscriminator(int width = 64)
    {
        int[] channels = [3 + 1, width, 2 * width, 4 * width, 8 * width, 1];
        layers = [.. Enumerable.Range(0, channels.Length - 1).Select(i => Child(
            $"{i}", new SpectralNormConv2d(new Conv2d(channels[i], channels[i + 1], 4, stride: i < 3 ? 2 : 1, padding: 1))))];
    }

    /// <summary>Judges images.</summary>
    /// <param name="image">[N, 3, H, W] in [-1, 1].</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole, so that each patch knows what it has to judge.</param>
    /// <returns>Activations of each layer, the last of which are the logits [N, 1, H/8 - 2, W/8 - 2].</returns>
    public Tensor[] Forward(Tensor image, Tensor mask)
    {
        var activations = new Tensor[layers.Length];
        Tensor x = Tensor.Cat([image, mask], 1).ForConvolution();
        for (int i = 0; i < layers.Length; i++)
        {
            x = layers[i].Forward(x);
            activations[i] = i < layers.Length - 1 ? x = x.LeakyRelu() : x;
        }

        return activations;
    }
}
