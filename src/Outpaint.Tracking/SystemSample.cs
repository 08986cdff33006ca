namespace Outpaint.Tracking;

/// <summary>The state of the machine at a moment.</summary>
/// <param name="Time">When.</param>
/// <param name="Values">By W&amp;B's names, without their prefix "system.": <c>cpu</c>, <c>proc.memory.rssMB</c>, <c>gpu.0.temp</c>.</param>
public sealed record SystemSample(DateTimeOffset Time, IReadOnlyDictionary<string, double> Values);
