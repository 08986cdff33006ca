namespace Outpaint.Torch.Modules;

/// <summary>Layers one after another, named "0", "1" and so on.</summary>
public sealed class Sequential : Layer
{
    private readonly Layer[] layers;

    /// <summary>Chains the layers.</summary>
    public Sequential(params Layer[] layers)
    {
        this.layers = layers;
        for (int i = 0; i < layers.Length; i++)
            Child($"{i}", layers[i]);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input) => layers.Aggregate(input, (x, layer) => layer.Forward(x));
}
