namespace Outpaint.Torch.Modules;

/// <summary>A function without parameters as a layer.</summary>
/// <param name="function">From a tensor to a tensor.</param>
public sealed class Activation(Func<Tensor, Tensor> function) : Layer
{
    /// <summary>The slope below zero of leaky ReLUs, unless another is given: the usual one of GANs, for which <see cref="Conv2d"/> starts.</summary>
    public const double DefaultSlope = 0.2;

    /// <summary>max(0, x).</summary>
    public static Activation Relu() => new(x => x.Relu());

    /// <summary>x where positive, else slope times x (Maas et al. 2013).</summary>
    public static Activation LeakyRelu(double slope = DefaultSlope) => new(x => x.LeakyRelu(slope));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input) => function(input);
}
