namespace Outpaint.Tracking;

/// <summary>Which value of a metric stands for the run.</summary>
public enum MetricSummary
{
    /// <summary>The last.</summary>
    Last,

    /// <summary>The lowest: lower is better.</summary>
    Min,

    /// <summary>The highest: higher is better.</summary>
    Max,
}
