namespace Outpaint.Inference.Detail;

/// <summary>
/// What part of the copied detail each pixel of the small canvas takes. The place that looks most like it may still be
/// more textured than it should be, as where a photo full of rock is given a sky: then no more than it should have.
/// </summary>
internal static class DetailStrength
{
    // Both levels are means of their surroundings, so that single pixels decide nothing.
    private const int Surroundings = 4;

    // Places match within such a factor, and bounding each would leave the whole with less: texture beside the border was
    // .60 to .66 with a factor of 1 (.71 to .80 without any bound; the originals: .69 to .76), with this one .70 to .79.
    private const float Tolerance = 1.4f;

    /// <summary>One channel of the size of the small canvas, 0 to 1; 1 in the picture.</summary>
    /// <param name="field">Where each pixel's detail comes from.</param>
    /// <param name="texture">The <see cref="TextureLevel"/> of the canvas: had in the picture, wanted around it.</param>
    /// <param name="known">Where the picture is.</param>
    public static FloatImage Of(OffsetField field, FloatImage texture, KnownArea known)
    {
        FloatImage levels = texture.BoxBlur(Surroundings);
        var strength = new FloatImage(texture.Width, texture.Height, 1);
        for (int y = 0; y < strength.Height; y++)
        {
            for (int x = 0; x < strength.Width; x++)
            {
                Offset offset = field[x, y];
                strength.Row(y)[x] = known.Contains(x, y)
                    ? 1
                    : Math.Min(1, Tolerance * Amplitude(levels.Row(y)[x]) / Amplitude(levels.Row(y + offset.Y)[x + offset.X]));
            }
        }
        return strength;
    }

    // Levels are logarithms of 1 + a mean square; hardly any texture is not to be divided by.
    private static float Amplitude(float level) => MathF.Sqrt(MathF.Exp(2 * level) - 1 + 1e-3f);
}
