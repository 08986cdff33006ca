using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Tests.Imaging;

namespace Outpaint.Tests.Inference.Detail;

public sealed class DetailedFillTests
{
    [Theory]
    [InlineData(256, 192)] // twice the model's size
    [InlineData(800, 300)]
    [InlineData(400, 700)]
    public void The_fill_is_as_textured_as_the_photo(int width, int height)
    {
        RgbImage extended = Extend(TexturedPicture.Noise(width, height), out CanvasGeometry canvas, Waves());

        double known = TexturedPicture.Energy(extended, canvas.Left, canvas.Top, width, height);
        Assert.All(
            new[]
            {
                TexturedPicture.Energy(extended, 0, canvas.Top, canvas.Left - 2, height),
                TexturedPicture.Energy(extended, canvas.Left + width + 2, canvas.Top, canvas.Right - 2, height),
                TexturedPicture.Energy(extended, canvas.Left, 0, width, canvas.Top - 2),
                TexturedPicture.Energy(extended, 0, canvas.Top + height + 2, canvas.Width, canvas.Bottom - 2),
            },
            fill => Assert.InRange(fill / known, 0.8, 1.2));
    }

    [Fact]
    public void A_picture_that_is_not_shrunk_keeps_the_texture_of_the_model()
    {
        RgbImage extended = Extend(TexturedPicture.Noise(120, 120), out CanvasGeometry canvas, Waves());

        double known = TexturedPicture.Energy(extended, canvas.Left, canvas.Top, 120, 120);
        Assert.InRange(TexturedPicture.Energy(extended, 0, canvas.Top, canvas.Left - 10, 120) / known, 0, 0.02);
    }

    [Fact]
    public void What_is_smooth_stays_smooth_and_what_is_textured_textured()
    {
        // The model's canvas is 192 pixels high, and it goes on with what is beside.
        RgbImage continued = TexturedPicture.Noise(192, 192, (_, y) => y >= 96, seed: 2);
        RgbImage extended = Extend(HalfTextured(), out CanvasGeometry canvas, new FakeInpainter((x, y) => Pictures.At(continued, x, y).Red));

        double known = TexturedPicture.Energy(extended, canvas.Left, canvas.Top + 220, 400, 180);
        double besideSmooth = TexturedPicture.Energy(extended, 0, canvas.Top, canvas.Left, 160);
        double besideTexture = TexturedPicture.Energy(extended, 0, canvas.Top + 240, canvas.Left, 150);
        Assert.InRange(besideSmooth / known, 0, 0.02);
        Assert.InRange(besideTexture / known, 0.8, 1.2);
        Assert.InRange(TexturedPicture.Energy(extended, 0, 0, canvas.Width, canvas.Top) / known, 0, 0.02);
    }

    [Fact]
    public void A_plain_fill_stays_plain_even_beside_what_is_textured()
    {
        RgbImage extended = Extend(HalfTextured(), out CanvasGeometry canvas);

        double known = TexturedPicture.Energy(extended, canvas.Left, canvas.Top + 220, 400, 180);
        Assert.InRange(TexturedPicture.Energy(extended, 0, canvas.Top + 240, canvas.Left / 2, 150) / known, 0, 0.05);
    }

    [Fact]
    public void A_plain_fill_stays_plain_even_if_nothing_in_the_photo_is()
    {
        RgbImage extended = Extend(TexturedPicture.Noise(400, 400), out CanvasGeometry canvas);

        double known = TexturedPicture.Energy(extended, canvas.Left, canvas.Top, 400, 400);
        Assert.InRange(TexturedPicture.Energy(extended, 0, canvas.Top, canvas.Left / 2, 400) / known, 0, 0.05);
    }

    [Fact]
    public void The_lines_of_an_otherwise_smooth_photo_do_not_come_back_in_pieces()
    {
        // Pairs of slanted lines, two pixels wide, on a ground that is all but plain. They end before the left border: if not, they go on.
        RgbImage picture = TexturedPicture.Noise(600, 600, (_, _) => false);
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            int x = i / 3 % 600, y = i / 3 / 600;
            picture.Pixels[i] = (byte)(x >= 20 && (x + y) % 150 is < 2 or (> 8 and < 11) ? 40 : 128 + ((x ^ y) & 1));
        }
        RgbImage extended = Extend(picture, out CanvasGeometry canvas, Waves());

        double known = TexturedPicture.Energy(extended, canvas.Left, canvas.Top, 600, 600);
        Assert.InRange(TexturedPicture.Energy(extended, 0, 0, canvas.Left - 4, canvas.Height) / known, 0, 0.35);
    }

    [Fact]
    public void A_strip_of_plain_ground_before_what_is_textured_goes_on_as_plain()
    {
        // A wall, and a ground that is a little lighter and ends soon: at the model's size it is eight pixels high.
        const int Side = 600, Wall = 565;
        RgbImage picture = TexturedPicture.Noise(Side, Side, (_, y) => y < Wall);
        for (int i = 3 * Wall * Side; i < picture.Pixels.Length; i++)
            picture.Pixels[i] = (byte)(158 + ((i / 3 / 4 % 2) + (i / 3 / Side / 4 % 2)));
        RgbImage extended = Extend(picture, out CanvasGeometry canvas, new FakeInpainter((x, y) => (byte)(158 + (3 * ((x / 3) + (y / 3)) % 7))));

        double wall = TexturedPicture.Energy(extended, canvas.Left, canvas.Top, Side, Wall);
        Assert.InRange(TexturedPicture.Energy(extended, canvas.Left, canvas.Top + Side + 8, Side, canvas.Bottom - 10) / wall, 0, 0.004);
    }

    [Fact]
    public void Texture_neither_mirrors_the_photo_nor_repeats_itself()
    {
        RgbImage extended = Extend(TexturedPicture.Noise(600, 600), out CanvasGeometry canvas, Waves());

        int width = canvas.Left - 4, top = canvas.Height / 2;
        for (int inset = 0; inset < 12; inset++)
            Assert.InRange(TexturedPicture.Correlation(extended, (2, top), (canvas.Left + inset, top), width, 60, mirrored: true), -0.2, 0.2);
        for (int shift = 10; shift < 150; shift++)
            Assert.InRange(TexturedPicture.Correlation(extended, (2, top), (2, top + shift), width, 60), -0.4, 0.4);
    }

    [Fact]
    public void The_border_is_no_line()
    {
        RgbImage extended = Extend(TexturedPicture.Noise(800, 600), out CanvasGeometry canvas, Waves());

        int right = canvas.Left + 800;
        Assert.InRange(Step(right) / ((Step(right - 1) + Step(right + 1)) / 2), 0.85, 1.15);

        double Step(int column) => Enumerable.Range(canvas.Top, 600)
            .Average(y => Math.Abs(Pictures.At(extended, column, y).Red - Pictures.At(extended, column - 1, y).Red));
    }

    [Fact]
    public void The_same_photo_gives_the_same_fill_every_time()
    {
        RgbImage picture = TexturedPicture.Noise(400, 300);

        Assert.Equal(Extend(picture, out _).Pixels, Extend(picture, out _).Pixels);
    }

    // A fill that varies, so that it should have texture, and has none of its own.
    private static FakeInpainter Waves() => new((x, y) => (byte)(128 + (20 * Math.Sin(x / 2.0)) + (20 * Math.Sin(y / 2.0))));

    private static RgbImage HalfTextured() => TexturedPicture.Noise(400, 400, (_, y) => y >= 200);

    private static RgbImage Extend(RgbImage picture, out CanvasGeometry canvas, IInpainter? inpainter = null)
    {
        canvas = CanvasGeometry.ForRatio(picture.Width, picture.Height, 0.5);
        return new Outpainter(inpainter ?? FakeInpainter.Grey(128)).Extend(picture, canvas);
    }
}
