namespace Outpaint.Torch.Modules;

/// <summary>Group normalisation (Wu and He 2018) of [N, C, H, W] with a learned scale and shift per channel.</summary>
public sealed class GroupNorm : Layer
{
    private const double Epsilon = 1e-5;

    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly long groups;

    /// <summary>Starts as plain normalisation.</summary>
    /// <param name="groups">Groups of channels that share mean and variance.</param>
    /// <param name="channels">Channels; a multiple of groups.</param>
    public GroupNorm(int groups, int channels)
    {
        this.groups = groups;
        weight = Parameter("weight", Tensor.Ones([channels]));
        bias = Parameter("bias", Tensor.Zeros([channels]));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        // libtorch 1.13 has no autocast rule for group_norm on the CPU: mixed types would be an error.
        Tensor scale = weight.To(input.DType);
        return Dispatcher.Call("group_norm", input, groups, scale, bias.To(input.DType), Epsilon);
    }
}
