namespace Outpaint.Tracking;

/// <summary>A network's architecture.</summary>
/// <param name="Name">As in <c>generator</c>.</param>
/// <param name="Layers">In the order of their evaluation.</param>
public sealed record ModelDescription(string Name, IReadOnlyList<LayerDescription> Layers)
{
    /// <summary>Numbers that training adjusts.</summary>
    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);
}
