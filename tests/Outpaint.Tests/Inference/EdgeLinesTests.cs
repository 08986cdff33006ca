using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Inference.Seam;
using Outpaint.Tests.Imaging;
using Outpaint.Tests.Inference.Detail;

namespace Outpaint.Tests.Inference;

public sealed class EdgeLinesTests
{
    private const int Width = 120;
    private const int Height = 80;

    [Theory]
    [InlineData(1, 0, 0, 0)]
    [InlineData(0, 2, 0, 0)]
    [InlineData(0, 0, 3, 0)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(1, 2, 1, 2)]
    public void Lines_on_sides_repeat_what_is_behind_them(int left, int top, int right, int bottom)
    {
        RgbImage scene = Pictures.Scene(Width, Height);
        RgbImage framed = Framed(scene, left, top, right, bottom);
        byte[] before = [.. framed.Pixels];

        RgbImage without = EdgeLines.Without(framed, Around);

        Assert.Equal(before, framed.Pixels);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
                Assert.Equal(Pictures.At(scene, Math.Clamp(x, left, Width - 1 - right), Math.Clamp(y, top, Height - 1 - bottom)), Pictures.At(without, x, y));
        }
    }

    [Fact]
    public void The_frame_of_a_scan_may_be_wider_in_a_larger_picture()
    {
        RgbImage framed = Framed(Pictures.Scene(400, 320), 5, 0, 4, 5);
        RgbImage without = EdgeLines.Without(framed, CanvasGeometry.ForRatio(400, 320, 0.5));
        Assert.Equal(Pictures.At(framed, 5, 100), Pictures.At(without, 0, 100));
        Assert.Equal(Pictures.At(framed, 395, 100), Pictures.At(without, 399, 100));
        Assert.Equal(Pictures.At(framed, 200, 314), Pictures.At(without, 200, 319));
    }

    [Fact]
    public void A_picture_without_lines_and_a_side_that_does_not_grow_are_left_alone()
    {
        RgbImage scene = Pictures.Scene(Width, Height);
        Assert.Same(scene, EdgeLines.Without(scene, Around));
        RgbImage framed = Framed(scene, 1, 0, 0, 0);
        Assert.Same(framed, EdgeLines.Without(framed, CanvasGeometry.ForMargins(Width, Height, 0, 20, 20, 20)));
        RgbImage wide = Framed(scene, 12, 12, 12, 12); // a frame that is part of the picture
        Assert.Same(wide, EdgeLines.Without(wide, Around));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 200)]
    [InlineData(200, 3)]
    public void Of_a_tiny_picture_nothing_is_judged(int width, int height)
    {
        RgbImage tiny = Pictures.Scene(width, height);
        Assert.Same(tiny, EdgeLines.Without(tiny, CanvasGeometry.ForRatio(width, height, 0.5)));
    }

    [Theory]
    [InlineData(120, 80)]
    [InlineData(600, 400)]
    public void A_bright_last_line_does_not_glow_into_the_fill(int width, int height)
    {
        RgbImage framed = Framed(Pictures.Plain(width, height, 60, 60, 60), 1, 1, 1, 1);
        CanvasGeometry canvas = CanvasGeometry.ForRatio(width, height, 0.5);

        RgbImage extended = new Outpainter(FakeInpainter.Grey(60)).Extend(framed, canvas);

        Assert.Equal(framed.Pixels, Pictures.Crop(extended, canvas.Left, canvas.Top, width, height).Pixels);
        for (int y = 0; y < canvas.Height; y++)
        {
            for (int x = 0; x < canvas.Width; x++)
            {
                if (x < canvas.Left || y < canvas.Top || x >= canvas.Left + width || y >= canvas.Top + height)
                    Assert.InRange(Pictures.At(extended, x, y).Red, 59, 61);
            }
        }
    }

    [Fact]
    public void Where_a_picture_grows_in_several_steps_its_frame_does_not_come_back()
    {
        const int Side = 500, Wider = 2 * Side;
        RgbImage framed = Framed(TexturedPicture.Noise(Side, Side), 1, 0, 1, 0);
        CanvasGeometry canvas = CanvasGeometry.ForMargins(Side, Side, 0, 0, Wider, 0);

        RgbImage extended = new Outpainter(new FakeInpainter((x, y) => (byte)(128 + (20 * Math.Sin(x / 2.0)) + (20 * Math.Sin(y / 2.0))))).Extend(framed, canvas);

        Assert.Equal(framed.Pixels, Pictures.Crop(extended, 0, 0, Side, Side).Pixels);
        byte[] fill = Pictures.Crop(extended, Side, 0, Wider, Side).Pixels;
        Assert.InRange(fill.Count(level => level > 230) / 3, 0, 100); // pixels; of the texture itself, few reach that
    }

    private static CanvasGeometry Around => CanvasGeometry.ForRatio(Width, Height, 0.5);

    private static RgbImage Framed(RgbImage picture, int left, int top, int right, int bottom)
    {
        var framed = new RgbImage(picture.Width, picture.Height, [.. picture.Pixels]);
        for (int i = 0; i < framed.Pixels.Length; i++)
        {
            int x = i / 3 % framed.Width, y = i / 3 / framed.Width;
            if (x < left || y < top || x >= framed.Width - right || y >= framed.Height - bottom)
                framed.Pixels[i] = 255;
        }
        return framed;
    }
}
