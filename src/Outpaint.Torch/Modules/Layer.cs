namespace Outpaint.Torch.Modules;

/// <summary>A module from one tensor to one tensor.</summary>
public abstract class Layer : Module
{
    /// <summary>Applies the layer.</summary>
    public abstract Tensor Forward(Tensor input);
}
