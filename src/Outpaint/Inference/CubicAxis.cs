namespace Outpaint.Inference;

/// <summary>
/// Cubic interpolation along one axis: for each target pixel, four neighbouring samples and their weights
/// (Keys 1981, a = -1/2, also known as Catmull-Rom). Positions outside repeat the outermost sample.
/// </summary>
internal sealed class CubicAxis
{
    /// <summary>Samples that each target pixel reads.</summary>
    public const int Taps = 4;

    private readonly int[] indices;
    private readonly float[] weights;

    /// <summary>Tabulates an axis.</summary>
    /// <param name="targets">How many pixels the target has.</param>
    /// <param name="samples">How many samples there are.</param>
    /// <param name="position">Where the centre of a target pixel lies among the samples; sample i is at i.</param>
    public CubicAxis(int targets, int samples, Func<int, double> position)
    {
        indices = new int[targets * Taps];
        weights = new float[targets * Taps];
        for (int target = 0; target < targets; target++)
        {
            double at = position(target);
            int first = (int)Math.Floor(at) - 1;
            for (int tap = 0; tap < Taps; tap++)
            {
                indices[(target * Taps) + tap] = Math.Clamp(first + tap, 0, samples - 1);
                weights[(target * Taps) + tap] = Kernel(Math.Abs(at - (first + tap)));
            }
        }
    }

    /// <summary>The samples that a target pixel reads.</summary>
    public ReadOnlySpan<int> Indices(int target) => indices.AsSpan(target * Taps, Taps);

    /// <summary>How much each of them counts; they add up to 1.</summary>
    public ReadOnlySpan<float> Weights(int target) => weights.AsSpan(target * Taps, Taps);

    private static float Kernel(double distance) => (float)(distance < 1
        ? 1 + (distance * distance * ((1.5 * distance) - 2.5))
        : 2 + (distance * (-4 + (distance * (2.5 - (0.5 * distance))))));
}
