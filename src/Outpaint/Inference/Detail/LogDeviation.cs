namespace Outpaint.Inference.Detail;

/// <summary>
/// How texture and contrast are compared: as half the logarithm of 1 + a variance, so that a difference is a ratio of
/// standard deviations, and as good as nothing is 0. The unit of a deviation is a level of 0..255.
/// </summary>
internal static class LogDeviation
{
    public static float Of(float variance) => 0.5f * MathF.Log(1 + Math.Max(0, variance));

    public static float Variance(float logDeviation) => MathF.Exp(2 * logDeviation) - 1;

    /// <summary>That of so many times the variance: what is smooth stays nearly as smooth.</summary>
    public static float Times(float factor, float logDeviation) => Of(factor * Variance(logDeviation));
}
