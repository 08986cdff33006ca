namespace Outpaint.Tracking;

/// <summary>A graphics card.</summary>
/// <param name="Name">As in <c>NVIDIA H100 80GB HBM3</c>.</param>
/// <param name="Memory">In bytes.</param>
public sealed record GpuFacts(string Name, long Memory);
