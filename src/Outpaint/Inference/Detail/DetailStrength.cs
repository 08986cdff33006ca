namespace Outpaint.Inference.Detail;

/// <summary>
/// What part of the copied detail each pixel of the small canvas takes. The place that looks most like it may still be
/// more textured than it should be, as where a photo full of rock is given a sky: then no more than it should have.
/// </summary>
internal static class DetailStrength
{
    // Places match within such a factor, and bounding each would leave the whole with less texture than the photo has.
    private const float Tolerance = 1.5f;

    /// <summary>One channel of the size of the small canvas, 0 to 1; 1 in the picture.</summary>
    /// <param name="field">Where each pixel's detail comes from.</param>
    /// <param name="texture">What texture the picture has, and what its surroundings should have.</param>
    /// <param name="known">Where the picture is.</param>
    public static FloatImage Of(OffsetField field, TextureLevel texture, KnownArea known)
    {
        FloatImage wanted = texture.Canvas;
        var strength = new FloatImage(wanted.Width, wanted.Height, 1);
        Array.Fill(strength.Values, 1);
        foreach ((int x, int y) in known.Around(strength))
        {
            Offset offset = field[x, y];
            float copied = texture.Local.Row(y + offset.Y - known.Top)[x + offset.X - known.Left];
            strength.Row(y)[x] = Math.Min(1, Tolerance * Amplitude(wanted.Row(y)[x * TextureLevel.Channels]) / Amplitude(copied));
        }
        return strength;
    }

    // Hardly any texture is not to be divided by.
    private static float Amplitude(float level) => MathF.Sqrt(LogDeviation.Variance(level) + 1e-3f);
}
