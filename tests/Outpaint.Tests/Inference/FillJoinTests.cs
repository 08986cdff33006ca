using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Tests.Imaging;

namespace Outpaint.Tests.Inference;

public sealed class FillJoinTests
{
    [Theory]
    [InlineData(128, 96)]
    [InlineData(613, 400)]
    public void A_fill_that_continues_the_picture_leaves_no_gap_anywhere(int width, int height)
    {
        RgbImage extended = Extend(FakeInpainter.Grey(90), Pictures.Plain(width, height, 90, 90, 90));

        Assert.All(extended.Pixels, value => Assert.Equal(90, value));
    }

    [Theory]
    [InlineData(128, 128)]
    [InlineData(1200, 800)]
    public void A_fill_of_another_colour_starts_at_the_pictures_and_mostly_keeps_its_own_further_out(int width, int height)
    {
        CanvasGeometry canvas = CanvasGeometry.ForRatio(width, height, 0.5);

        RgbImage extended = Extend(FakeInpainter.Grey(140), Pictures.Waves(width, height, 100, columns: 6, rows: height == width ? 6 : 4));

        int right = canvas.Left + width, below = canvas.Top + height, middleX = canvas.Width / 2, middleY = canvas.Height / 2;
        Assert.All(new[] { At(canvas.Left - 1, middleY), At(right, middleY), At(middleX, canvas.Top - 1), At(middleX, below) },
            value => Assert.InRange(value, 96, 104)); // a tenth of the difference, which is where the ramp begins
        Assert.InRange(At(right, below), 95, 105);
        Assert.All(new[] { At(canvas.Left / 2, middleY), At(right + (canvas.Right / 2), middleY), At(middleX, canvas.Top / 2), At(middleX, below + (canvas.Bottom / 2)) },
            value => Assert.InRange(value, 130, 134)); // ColourAnchor takes a fifth of the difference here,
        Assert.InRange(At(0, 0), 123, 125); // and two fifths at the outer end
        for (int x = right; x < canvas.Width - 1; x++)
            Assert.InRange(At(x + 1, middleY) - At(x, middleY), -2, 60 / (canvas.Right / 8) + 2);

        int At(int x, int y) => Pictures.At(extended, x, y).Red;
    }

    [Theory]
    [InlineData(200, 0, 0, 0)]
    [InlineData(0, 200, 0, 0)]
    [InlineData(0, 0, 200, 0)]
    [InlineData(0, 0, 0, 200)]
    [InlineData(20, 0, 20, 0, 100)]
    public void The_fill_of_single_sides_meets_the_picture_from_one_end_of_the_border_to_the_other(int left, int top, int right, int bottom, int side = 400)
    {
        CanvasGeometry canvas = CanvasGeometry.ForMargins(side, side, left, top, right, bottom);
        RgbImage source = Pictures.Waves(side, side, 100, columns: 6, rows: 6);

        RgbImage extended = new Outpainter(FakeInpainter.Grey(140)).Extend(source, canvas);

        foreach (int along in new[] { 0, 1, 10, side / 2, side - 11, side - 1 })
        {
            foreach ((int x, int y) in new[] { (left - 1, along), (left + side, along), (along, top - 1), (along, top + side) })
            {
                int known = Pictures.At(source, Math.Clamp(x - left, 0, side - 1), Math.Clamp(y - top, 0, side - 1)).Red;
                if (x >= 0 && y >= 0 && x < canvas.Width && y < canvas.Height)
                    Assert.InRange(Pictures.At(extended, x, y).Red - known, -4, 4);
            }
        }
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(8, 0)]
    public void An_offset_that_changes_along_the_border_is_met_place_by_place(int perColumn, int perRow)
    {
        const int Side = 400;
        RgbImage source = Pictures.Waves(Side, Side, 72, columns: 4, rows: 4);
        for (int i = 0; i < source.Pixels.Length; i++)
            source.Pixels[i] += (byte)((i / 3 % Side * perColumn / 100) + (i / 3 / Side * perRow / 100));
        CanvasGeometry canvas = CanvasGeometry.ForRatio(Side, Side, 0.5);

        RgbImage extended = Extend(FakeInpainter.Grey(60), source);

        for (int i = 0; i < Side; i++)
        {
            AssertMeets(i, 0, canvas.Left + i, canvas.Top - 1);
            AssertMeets(i, Side - 1, canvas.Left + i, canvas.Top + Side);
            AssertMeets(0, i, canvas.Left - 1, canvas.Top + i);
            AssertMeets(Side - 1, i, canvas.Left + Side, canvas.Top + i);
        }

        void AssertMeets(int sourceX, int sourceY, int x, int y) =>
            Assert.InRange(Pictures.At(extended, x, y).Red - Pictures.At(source, sourceX, sourceY).Red, -2, 2);
    }

    [Theory]
    [InlineData(128, 128)]
    [InlineData(901, 333)]
    [InlineData(70, 1500)]
    public void The_fill_lies_where_the_model_put_it(int width, int height)
    {
        const double Period = 40; // about, in pixels of the model's canvas: half a pixel off is up to 8 levels off
        CanvasGeometry canvas = CanvasGeometry.ForRatio(width, height, 0.5);
        WorkingCanvas working = WorkingCanvas.For(canvas, stride: 8, preferredSide: 192);
        double scaleX = working.KnownWidth / (double)width, scaleY = working.KnownHeight / (double)height;
        var scene = new RgbImage(canvas.Width, canvas.Height);
        for (int i = 0; i < scene.Pixels.Length; i++)
            scene.Pixels[i] = Wave((i / 3 % canvas.Width - canvas.Left + 0.5) * scaleX, (i / 3 / canvas.Width - canvas.Top + 0.5) * scaleY);
        var inpainter = new FakeInpainter((x, y) => Wave(x - working.Left + 0.5, y - working.Top + 0.5));

        RgbImage extended = Extend(inpainter, Pictures.Crop(scene, canvas.Left, canvas.Top, width, height));

        int worst = extended.Pixels.Zip(scene.Pixels, (got, expected) => Math.Abs(got - expected)).Max();
        Assert.InRange(worst, 0, 5);

        // 0 all along the picture's edge, so that there are no broad colours to be drawn to.
        byte Wave(double x, double y) => (byte)(128 + (100 * Ripple(x, working.KnownWidth) * Ripple(y, working.KnownHeight)));

        static double Ripple(double at, int length) => Math.Sin(Math.PI * Math.Round(2 * length / Period) * at / length);
    }

    private static RgbImage Extend(FakeInpainter inpainter, RgbImage source) =>
        new Outpainter(inpainter).Extend(source, CanvasGeometry.ForRatio(source.Width, source.Height, 0.5));
}
