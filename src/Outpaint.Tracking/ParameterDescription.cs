namespace Outpaint.Tracking;

/// <summary>A parameter of a layer.</summary>
/// <param name="Name">As in <c>weight</c>.</param>
/// <param name="Shape">Its sizes.</param>
public sealed record ParameterDescription(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>Numbers in it.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
