using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference.Detail;

public sealed class TextureLevelTests
{
    private const int Side = 1280;
    private static readonly CanvasGeometry Canvas = CanvasGeometry.ForRatio(Side, Side, 0.5);
    private static readonly WorkingCanvas Working = WorkingCanvas.For(Canvas, stride: 8, preferredSide: 192);

    [Fact]
    public void What_is_in_focus_changes_within_two_pixels_what_is_not_does_not()
    {
        DetailEnergy energy = Measure(HalfInFocus());

        int half = energy.Squares.Height / 2;
        Assert.InRange(Ratio(0, half - 2), 1.2, 2.5); // white noise has 2
        Assert.InRange(Ratio(half + 2, half - 2), 0, 0.4);
        Assert.Equal(Math.Log2(Side / (double)Working.KnownWidth), energy.Octaves, 1e-6);

        double Ratio(int top, int rows) => Mean(energy.Steps, top, rows) / Mean(energy.Squares, top, rows);
    }

    [Fact]
    public void The_fill_is_to_be_as_sharp_as_the_picture_beside_it()
    {
        FloatImage wanted = Level(Measure(HalfInFocus()));

        Assert.InRange(Sharpness(wanted, 4, Working.Top + 10), -0.2, 0.6);
        Assert.InRange(Sharpness(wanted, 4, Working.Top + Working.KnownHeight - 10), -3, -0.5);
    }

    [Fact]
    public void What_is_plain_or_lacks_hardly_an_octave_is_neither_sharp_nor_soft()
    {
        DetailEnergy energy = Measure(HalfInFocus());

        Assert.Equal(0, Sharpness(Level(energy with { Octaves = 0 }), 4, Working.Top + Working.KnownHeight - 10));
        Assert.Equal(0, Sharpness(Level(Measure(Plain())), 4, Working.Top + 10), 0.01);
    }

    // The lower half is blurred, and as contrasty as before.
    private static RgbImage HalfInFocus()
    {
        RgbImage picture = TexturedPicture.Noise(Side, Side);
        FloatImage soft = FloatImage.From(picture).Blur(4).Select(value => Math.Clamp(128 + (8 * (value - 128)), 0, 255));
        for (int i = 3 * Side * (Side / 2); i < picture.Pixels.Length; i++)
            picture.Pixels[i] = (byte)soft.Values[i];
        return picture;
    }

    private static RgbImage Plain() => TexturedPicture.Noise(Side, Side, (_, _) => false);

    private static DetailEnergy Measure(RgbImage picture)
    {
        (RgbImage small, _) = Working.Place(picture.Resize(Working.KnownWidth, Working.KnownHeight));
        return DetailEnergy.Measure(picture, new UpsampledFill(FloatImage.From(small), Working, Canvas), Canvas, Working.KnownArea);
    }

    private static FloatImage Level(DetailEnergy energy) =>
        TextureLevel.Measure(energy, FloatImage.From(TexturedPicture.Noise(Working.Width, Working.Height)), Working.KnownArea).Canvas;

    private static float Sharpness(FloatImage canvas, int x, int y) => canvas.Row(y)[(x * TextureLevel.Channels) + 2];

    private static double Mean(FloatImage image, int top, int rows) => Enumerable.Range(top, rows).Average(y => image.Row(y).ToArray().Average());
}
