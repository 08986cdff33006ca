namespace Outpaint.Tracking;

/// <summary>How a metric is to be shown.</summary>
/// <param name="Name">As in <see cref="TrackedStep.Scalars"/>.</param>
/// <param name="StepMetric">The metric to draw it against; null for the step.</param>
/// <param name="Summary">Which of its values stands for the run.</param>
public sealed record MetricDefinition(string Name, string? StepMetric = null, MetricSummary Summary = MetricSummary.Last);
