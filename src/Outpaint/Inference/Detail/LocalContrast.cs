namespace Outpaint.Inference.Detail;

/// <summary>How much a picture varies around each pixel: rock has a high contrast, sky and what is out of focus a low one.</summary>
internal static class LocalContrast
{
    private const int Radius = 2;

    /// <summary>The <see cref="LogDeviation"/> of luminance; one channel, 0 for none.</summary>
    /// <param name="picture">Red, green, blue.</param>
    public static FloatImage Measure(FloatImage picture)
    {
        var values = new FloatImage(picture.Width, picture.Height, 1);
        var squares = new FloatImage(picture.Width, picture.Height, 1);
        for (int i = 0; i < values.Values.Length; i++)
        {
            float luminance = Samples.Luminance(picture.Values.AsSpan(i * 3, 3));
            values.Values[i] = luminance;
            squares.Values[i] = luminance * luminance;
        }
        FloatImage means = values.BoxBlur(Radius), meanSquares = squares.BoxBlur(Radius);
        for (int i = 0; i < values.Values.Length; i++)
            values.Values[i] = LogDeviation.Of(meanSquares.Values[i] - (means.Values[i] * means.Values[i]));
        return values;
    }
}
