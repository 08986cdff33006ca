namespace Outpaint.Tracking.SystemMetrics;

/// <summary>A part of the machine that can be measured.</summary>
internal interface IGauge
{
    /// <summary>Adds how it is now, by W&amp;B's names.</summary>
    void Read(IDictionary<string, double> sample);
}
