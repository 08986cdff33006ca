namespace Outpaint.Inference.Detail;

/// <summary>
/// How much texture a picture has where it varies by so much, learnt from the picture itself: hardly any in its sky, much
/// in its grass. Both are logarithms (<see cref="TextureLevel"/>, <see cref="LocalContrast"/>).
/// </summary>
internal sealed class TextureOfContrast
{
    private const float BinsPerUnit = 8;
    private const int LeastSamples = 16;

    private readonly float[] levels;

    /// <summary>Learns from all pixels.</summary>
    /// <param name="contrast">The contrast of each.</param>
    /// <param name="texture">The texture level of each, in the same order.</param>
    public TextureOfContrast(ReadOnlySpan<float> contrast, ReadOnlySpan<float> texture)
    {
        var bins = new List<List<float>>();
        for (int i = 0; i < contrast.Length; i++)
        {
            int bin = (int)(BinsPerUnit * contrast[i]);
            while (bins.Count <= bin)
                bins.Add([]);
            bins[bin].Add(texture[i]);
        }
        levels = new float[bins.Count];
        float level = Median(bins.Find(samples => samples.Count >= LeastSamples) ?? [float.MaxValue]);
        for (int bin = 0; bin < levels.Length; bin++)
        {
            // What varies more has no less texture; where there is too little to learn from, as much as what varies less.
            if (bins[bin].Count >= LeastSamples)
                level = Math.Max(level, Median(bins[bin]));
            levels[bin] = level;
        }

        static float Median(List<float> samples)
        {
            samples.Sort();
            return samples[samples.Count / 2];
        }
    }

    /// <summary>The median texture where the picture varies by so much; float.MaxValue where it is too small to tell.</summary>
    public float At(float contrast)
    {
        float position = Math.Clamp((BinsPerUnit * contrast) - 0.5f, 0, levels.Length - 1);
        int below = (int)position, above = Math.Min(below + 1, levels.Length - 1);
        return levels[below] + ((position - below) * (levels[above] - levels[below]));
    }
}
