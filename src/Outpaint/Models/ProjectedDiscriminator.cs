using Outpaint.Models.Blocks;
using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models;

/// <summary>
/// Discriminators on frozen features instead of pixels (projected GAN, Sauer et al. 2021): each scale goes through a
/// fixed random 1x1 projection, joins the mask and the projection of the next deeper scale, and meets a small head with
/// one logit per place. It reaches a given quality after a fraction of the images that a pixel discriminator needs.
/// </summary>
/// <remarks>
/// With the deeper scale beside it (in the paper, cross-scale mixing by fixed random weights; here the head's own) a head
/// can tell that a texture is right but does not belong to what is shown there.
/// </remarks>
public sealed class ProjectedDiscriminator : Module
{
    private static readonly int[] HeadWidths = [64, 96, 128, 128];

    private readonly Tensor[] projections;
    private readonly Sequential[] heads;

    /// <summary>Makes the heads.</summary>
    /// <param name="channels">Channels of each feature map, shallow to deep; at most four.</param>
    public ProjectedDiscriminator(IReadOnlyList<int> channels)
    {
        projections = new Tensor[channels.Count];
        heads = new Sequential[channels.Count];
        for (int i = 0; i < heads.Length; i++)
        {
            int width = HeadWidths[i], deeper = i + 1 < heads.Length ? HeadWidths[i + 1] : 0;
            Tensor projection = Tensor.Randn([width, channels[i], 1, 1]);
            projection.Mul_(1 / Math.Sqrt(channels[i]));
            // A buffer: its random numbers belong in the checkpoint although nothing trains them.
            projections[i] = Buffer($"projection{i}", projection);
            heads[i] = Child($"head{i}", new Sequential(
                new SpectralNormConv2d(new Conv2d(width + 1 + deeper, width, 3)), Activation.LeakyRelu(),
                new SpectralNormConv2d(new Conv2d(width, width, 3)), Activation.LeakyRelu(),
                new SpectralNormConv2d(new Conv2d(width, 1, 3))));
        }
    }

    /// <summary>How large feature maps are: their mean magnitudes, scalars.</summary>
    /// <param name="photographs">Feature maps of photographs, [N, C, h, w] each.</param>
    public static Tensor[] Sizes(IReadOnlyList<Tensor> photographs)
    {
        using GradMode noGrad = GradMode.Disabled();
        return [.. photographs.Select(features => features.Abs().Mean() + 1e-6)];
    }

    /// <summary>Judges feature maps.</summary>
    /// <param name="features">[N, C, h, w] each, as many as in the constructor.</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole.</param>
    /// <param name="sizes">
    /// What each map is divided by, because raw activations differ by more than ten times between layers. Those of
    /// photographs (<see cref="Sizes"/>), whatever is judged: by its own size a blur, whose activations are small,
    /// would look like any photograph.
    /// </param>
    /// <returns>Logits [N, 1, h, w] for each feature map, above 0 for "photograph".</returns>
    public Tensor[] Forward(IReadOnlyList<Tensor> features, Tensor mask, IReadOnlyList<Tensor> sizes)
    {
        var logits = new Tensor[heads.Length];
        Tensor? deeper = null;
        for (int i = heads.Length - 1; i >= 0; i--)
        {
            Tensor projected = Dispatcher.Call("conv2d", features[i] / sizes[i], projections[i]);
            Tensor place = MaskScaling.Touched(mask, projected).To(projected.DType);
            Tensor seen = deeper is null
                ? Tensor.Cat([projected, place], 1)
                : Tensor.Cat([projected, place, NearestUpsampling.Enlarge(deeper, projected.Size(2), projected.Size(3))], 1);
            logits[i] = heads[i].Forward(seen.ForConvolution());
            deeper = projected;
        }

        return logits;
    }
}
