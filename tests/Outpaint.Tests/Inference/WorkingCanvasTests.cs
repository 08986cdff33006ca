using Outpaint.Inference;
using Outpaint.Tests.Imaging;

namespace Outpaint.Tests.Inference;

public sealed class WorkingCanvasTests
{
    [Fact]
    public void A_picture_of_the_training_size_is_seen_as_it_is()
    {
        WorkingCanvas working = WorkingCanvas.For(CanvasGeometry.ForRatio(128, 128, 0.5), stride: 8, preferredSide: 192);

        Assert.Equal(new WorkingCanvas(192, 192, 128, 128, 32, 32), working);
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(16, 2000)]
    [InlineData(1, 30000)]
    [InlineData(640, 481)]
    [InlineData(4000, 3000)]
    [InlineData(12000, 300)]
    public void The_small_canvas_has_whole_strides_bounded_area_and_room_for_the_whole_hole(int width, int height)
    {
        CanvasGeometry canvas = CanvasGeometry.ForRatio(width, height, 0.5);

        WorkingCanvas working = WorkingCanvas.For(canvas, stride: 16, preferredSide: 192);

        Assert.Equal((0, 0), (working.Width % 16, working.Height % 16));
        Assert.InRange(working.Width * working.Height, 1, 200_000);
        Assert.True(working.Left >= canvas.Left * (double)working.KnownWidth / width);
        Assert.True(working.Width - working.Left - working.KnownWidth >= canvas.Right * (double)working.KnownWidth / width);
        Assert.True(working.Top >= canvas.Top * (double)working.KnownHeight / height);
        Assert.True(working.Height - working.Top - working.KnownHeight >= canvas.Bottom * (double)working.KnownHeight / height);
    }

    [Theory]
    [InlineData(10, 0, 0, 0)]
    [InlineData(0, 10, 0, 0)]
    [InlineData(0, 0, 10, 0)]
    [InlineData(0, 0, 0, 10)]
    [InlineData(10, 0, 0, 10)]
    [InlineData(0, 20, 3, 0)]
    public void The_model_sees_no_hole_on_sides_that_do_not_grow(int left, int top, int right, int bottom)
    {
        CanvasGeometry canvas = CanvasGeometry.ForMargins(101, 67, left, top, right, bottom);

        CanvasGeometry working = WorkingCanvas.For(canvas, stride: 8, preferredSide: 192).Geometry;

        Assert.Equal((0, 0), (working.Width % 8, working.Height % 8));
        Assert.Equal(
            (left > 0, top > 0, right > 0, bottom > 0),
            (working.Left > 0, working.Top > 0, working.Right > 0, working.Bottom > 0));
    }

    [Theory]
    [InlineData(3000, 2000, 1500, 0)]
    [InlineData(3000, 2000, 0, 1000)]
    [InlineData(400, 300, 200, 50)]
    public void No_band_is_deeper_than_the_model_can_turn_a_mirror_image_into_something_new(int width, int height, int left, int top)
    {
        CanvasGeometry canvas = CanvasGeometry.ForMargins(width, height, left, top, 0, 0);

        WorkingCanvas working = WorkingCanvas.For(canvas, stride: 8, preferredSide: 192);

        Assert.InRange(Math.Max(working.Left, working.Top), 48, 48 + 8);
    }

    [Fact]
    public void The_picture_is_placed_and_everything_else_is_hole()
    {
        var working = new WorkingCanvas(Width: 16, Height: 8, KnownWidth: 6, KnownHeight: 3, Left: 5, Top: 2);
        var picture = Pictures.Scene(6, 3);

        var (canvas, hole) = working.Place(picture);

        Assert.Equal(picture.Pixels, Pictures.Crop(canvas, 5, 2, 6, 3).Pixels);
        Assert.Equal(6 * 3, hole.Count(isHole => !isHole));
        Assert.False(hole[(2 * 16) + 5]);
        Assert.False(hole[(4 * 16) + 10]);
        Assert.True(hole[(4 * 16) + 11]);
    }
}
