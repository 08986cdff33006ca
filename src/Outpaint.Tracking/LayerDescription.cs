namespace Outpaint.Tracking;

/// <summary>A layer of a network.</summary>
/// <param name="Name">Its place in the network, as in <c>encoder.0.conv</c>.</param>
/// <param name="Type">What it is, as in <c>Conv2d(4, 64, 3)</c>.</param>
/// <param name="OutputShape">Of one batch, as in [1, 64, 96, 96].</param>
/// <param name="Parameters">Its own parameters.</param>
public sealed record LayerDescription(
    string Name, string Type, IReadOnlyList<long> OutputShape, IReadOnlyList<ParameterDescription> Parameters)
{
    /// <summary>Numbers in its parameters.</summary>
    public long ParameterCount => Parameters.Sum(parameter => parameter.Count);
}
