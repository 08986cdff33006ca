namespace Outpaint.Tracking;

/// <summary>What is recorded of one step.</summary>
/// <param name="Step">Which, from 0.</param>
/// <param name="Scalars">Values by metric, as in <c>loss/generator</c>; NaN and infinities are allowed. Not to be changed afterwards.</param>
public sealed record TrackedStep(long Step, IReadOnlyDictionary<string, double> Scalars)
{
    /// <summary>When it was.</summary>
    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>Pictures; those of one key belong side by side.</summary>
    public IReadOnlyList<TrackedImage> Images { get; init; } = [];
}
