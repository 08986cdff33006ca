namespace Outpaint.Inference;

/// <summary>
/// Which neighbouring samples each target pixel of an axis reads, and how much each of them counts. Positions outside repeat
/// the outermost sample.
/// </summary>
internal sealed class ResamplingAxis
{
    /// <summary>Samples that a target pixel of a <see cref="Smooth"/> axis reads.</summary>
    public const int SmoothTaps = 3;

    private readonly int taps;
    private readonly int[] indices;
    private readonly float[] weights;

    private ResamplingAxis(int targets, int samples, Func<int, double> position, int taps, Func<double, double> kernel)
    {
        this.taps = taps;
        indices = new int[targets * taps];
        weights = new float[targets * taps];
        for (int target = 0; target < targets; target++)
        {
            double at = position(target);
            int first = (int)Math.Floor(at - (taps / 2.0)) + 1;
            for (int tap = 0; tap < taps; tap++)
            {
                indices[(target * taps) + tap] = Math.Clamp(first + tap, 0, samples - 1);
                weights[(target * taps) + tap] = (float)kernel(Math.Abs(at - (first + tap)));
            }
        }
    }

    /// <summary>Four samples, through which the curve goes (Keys 1981, a = -1/2, also known as Catmull-Rom).</summary>
    /// <param name="targets">How many pixels the target has.</param>
    /// <param name="samples">How many samples there are.</param>
    /// <param name="position">Where the centre of a target pixel lies among the samples; sample i is at i.</param>
    public static ResamplingAxis Cubic(int targets, int samples, Func<int, double> position) =>
        new(targets, samples, position, 4, distance => distance < 1
            ? 1 + (distance * distance * ((1.5 * distance) - 2.5))
            : 2 + (distance * (-4 + (distance * (2.5 - (0.5 * distance))))));

    /// <summary>Three samples, from one to the next of which the curve fades; no weight is below 0 (quadratic B-spline, Unser 1999).</summary>
    /// <param name="targets">As above.</param>
    /// <param name="samples">As above.</param>
    /// <param name="position">As above.</param>
    public static ResamplingAxis Smooth(int targets, int samples, Func<int, double> position) =>
        new(targets, samples, position, SmoothTaps, distance => distance < 0.5
            ? 0.75 - (distance * distance)
            : 0.5 * (1.5 - distance) * (1.5 - distance));

    /// <summary>The samples that a target pixel reads.</summary>
    public ReadOnlySpan<int> Indices(int target) => indices.AsSpan(target * taps, taps);

    /// <summary>How much each of them counts; they add up to 1.</summary>
    public ReadOnlySpan<float> Weights(int target) => weights.AsSpan(target * taps, taps);

    /// <summary>What a target pixel gets of the samples that it reads.</summary>
    /// <param name="target">The pixel.</param>
    /// <param name="values">These samples.</param>
    public float Sum(int target, ReadOnlySpan<float> values)
    {
        ReadOnlySpan<float> own = Weights(target);
        float sum = 0;
        for (int tap = 0; tap < own.Length; tap++)
            sum += own[tap] * values[tap];
        return sum;
    }

    /// <summary>All target pixels.</summary>
    /// <param name="pixels">Red, green and blue of the samples.</param>
    /// <param name="row">Gets red, green and blue of the target.</param>
    public void Resample(ReadOnlySpan<float> pixels, Span<float> row)
    {
        for (int target = 0; target < row.Length / 3; target++)
        {
            ReadOnlySpan<int> own = Indices(target);
            ReadOnlySpan<float> shares = Weights(target);
            for (int channel = 0; channel < 3; channel++)
            {
                float sum = 0;
                for (int tap = 0; tap < shares.Length; tap++)
                    sum += shares[tap] * pixels[(own[tap] * 3) + channel];
                row[(target * 3) + channel] = sum;
            }
        }
    }
}
