using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models.Features;

/// <summary>From [-1, 1] to what networks trained on ImageNet expect: mean and deviation of its photos, per channel.</summary>
internal sealed class ImageNetNormalization : Layer
{
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Deviation = [0.229f, 0.224f, 0.225f];

    private readonly Tensor shift;
    private readonly Tensor scale;

    internal ImageNetNormalization()
    {
        // ((x + 1) / 2 - mean) / deviation as one shift and one scale
        shift = Buffer("shift", Tensor.From([.. Mean.Select(m => 1 - (2 * m))], 1, 3, 1, 1));
        scale = Buffer("scale", Tensor.From([.. Deviation.Select(d => 1 / (2 * d))], 1, 3, 1, 1));
    }

    public override Tensor Forward(Tensor input) => (input + shift) * scale;
}
