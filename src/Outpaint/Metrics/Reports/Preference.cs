namespace Outpaint.Metrics.Reports;

/// <summary>Which values of a metric are good.</summary>
internal enum Preference
{
    /// <summary>High ones.</summary>
    Higher,

    /// <summary>Low ones.</summary>
    Lower,

    /// <summary>Those near the originals' own.</summary>
    NearOriginals,
}
