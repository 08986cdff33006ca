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

    // The least contrast that there is enough of to learn from.
    private readonly float least;

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
        int plainest = Math.Max(0, bins.FindIndex(samples => samples.Count >= LeastSamples));
        least = plainest / BinsPerUnit;
        float level = bins.Exists(samples => samples.Count >= LeastSamples) ? Median(bins[plainest]) : float.MaxValue;
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

    /// <summary>
    /// The median texture where the picture varies by so much; float.MaxValue where it is too small to tell. What is plainer
    /// than anything in the picture, a sky above rock that filled it, has less in proportion: both are logarithms.
    /// </summary>
    public float At(float contrast)
    {
        if (contrast < least && levels[0] < float.MaxValue)
            return Math.Max(0, levels[0] - (least - contrast));
        float position = Math.Clamp((BinsPerUnit * contrast) - 0.5f, 0, levels.Length - 1);
        int below = (int)position, above = Math.Min(below + 1, levels.Length - 1);
        return levels[below] + ((position - below) * (levels[above] - levels[below]));
    }
}
