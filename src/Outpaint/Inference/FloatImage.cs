using Outpaint.Imaging;

namespace Outpaint.Inference;

/// <summary>A small picture in single precision, row by row from the top, its channels interleaved.</summary>
internal sealed class FloatImage(int width, int height, int channels)
{
    // Where a Gaussian ends, in standard deviations.
    private const double Reach = 2.5;

    public int Width => width;

    public int Height => height;

    public int Channels => channels;

    /// <summary>Width * height * channels values.</summary>
    public float[] Values { get; } = new float[width * height * channels];

    /// <summary>Red, green and blue around 0..255.</summary>
    public static FloatImage From(RgbImage image)
    {
        var copy = new FloatImage(image.Width, image.Height, 3);
        for (int i = 0; i < copy.Values.Length; i++)
            copy.Values[i] = image.Pixels[i];
        return copy;
    }

    /// <summary>The values of one row.</summary>
    public Span<float> Row(int y) => Values.AsSpan(y * width * channels, width * channels);

    /// <summary>A copy.</summary>
    public FloatImage Copy()
    {
        var copy = new FloatImage(width, height, channels);
        Values.CopyTo(copy.Values.AsSpan());
        return copy;
    }

    /// <summary>A copy of what a function makes of each value.</summary>
    public FloatImage Select(Func<float, float> function)
    {
        var copy = new FloatImage(width, height, channels);
        for (int i = 0; i < Values.Length; i++)
            copy.Values[i] = function(Values[i]);
        return copy;
    }

    /// <summary>A copy under a Gaussian.</summary>
    /// <param name="sigma">Standard deviation in pixels; 0 changes nothing.</param>
    /// <param name="repeatEdges">Whether the outermost pixels repeat beyond the edges; else all is 0 there.</param>
    public FloatImage Blur(double sigma, bool repeatEdges = true)
    {
        if (sigma <= 0)
            return Copy();
        int radius = (int)Math.Ceiling(Reach * sigma);
        double[] bell = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma)))];
        return Filter([.. bell.Select(weight => (float)(weight / bell.Sum()))], repeatEdges);
    }

    /// <summary>A copy of means over squares of 2 * radius + 1 pixels.</summary>
    public FloatImage BoxBlur(int radius)
    {
        var weights = new float[(2 * radius) + 1];
        Array.Fill(weights, 1f / weights.Length);
        return Filter(weights, repeatEdges: true);
    }

    /// <summary>A copy of half the width and height: each pixel the mean of four; an odd last row or column is left out.</summary>
    public FloatImage Halve()
    {
        var half = new FloatImage(width / 2, height / 2, channels);
        for (int y = 0; y < half.Height; y++)
        {
            ReadOnlySpan<float> upper = Row(2 * y), lower = Row((2 * y) + 1);
            Span<float> row = half.Row(y);
            for (int i = 0; i < row.Length; i++)
            {
                int left = i + (i / channels * channels), right = left + channels;
                row[i] = (upper[left] + upper[right] + lower[left] + lower[right]) / 4;
            }
        }
        return half;
    }

    // A symmetric kernel of odd length along both axes.
    private FloatImage Filter(float[] weights, bool repeatEdges)
    {
        int radius = weights.Length / 2;
        var horizontal = new FloatImage(width, height, channels);
        var both = new FloatImage(width, height, channels);
        Parallel.For(0, height, () => new float[(width + (2 * radius)) * channels], (y, _, padded) =>
        {
            Pad(Row(y), radius, padded, repeatEdges);
            Span<float> target = horizontal.Row(y);
            for (int tap = 0; tap < weights.Length; tap++)
                Samples.AddScaled(target, padded.AsSpan(tap * channels), weights[tap]);
            return padded;
        }, _ => { });
        Parallel.For(0, height, y =>
        {
            Span<float> target = both.Row(y);
            for (int tap = -radius; tap <= radius; tap++)
            {
                int inside = Math.Clamp(y + tap, 0, height - 1);
                if (repeatEdges || inside == y + tap)
                    Samples.AddScaled(target, horizontal.Row(inside), weights[tap + radius]);
            }
        });
        return both;
    }

    // A row with its outermost pixels repeated, or with zeros, so that no tap needs to ask where it ends.
    private void Pad(ReadOnlySpan<float> row, int radius, Span<float> padded, bool repeatEdges)
    {
        row.CopyTo(padded[(radius * channels)..]);
        for (int i = 0; repeatEdges && i < radius; i++)
        {
            row[..channels].CopyTo(padded[(i * channels)..]);
            row[^channels..].CopyTo(padded[((width + radius + i) * channels)..]);
        }
    }
}
