using Outpaint.Inference;

namespace Outpaint.Tests.Inference;

public sealed class CanvasGeometryTests
{
    [Theory]
    [InlineData(128, 128, 0.5, 192, 192, 32, 32)]
    [InlineData(100, 60, 0.25, 125, 75, 12, 7)] // the odd pixel goes right and down
    [InlineData(3, 5, 0.5, 5, 8, 1, 1)] // 4.5 and 7.5 round up
    [InlineData(16, 2000, 0.02, 16, 2040, 0, 20)]
    [InlineData(4000, 3000, 3, 16000, 12000, 6000, 4500)]
    public void Each_side_grows_by_the_ratio_split_evenly(int width, int height, double ratio, int newWidth, int newHeight, int left, int top)
    {
        CanvasGeometry canvas = CanvasGeometry.ForRatio(width, height, ratio);

        Assert.Equal(new CanvasGeometry(width, height, newWidth, newHeight, left, top), canvas);
        Assert.InRange(canvas.Right - canvas.Left, 0, 1);
        Assert.InRange(canvas.Bottom - canvas.Top, 0, 1);
    }

    [Theory]
    [InlineData(Anchor.Center, 5, 3)]
    [InlineData(Anchor.Left, 0, 3)]
    [InlineData(Anchor.Right, 10, 3)]
    [InlineData(Anchor.Top, 5, 0)]
    [InlineData(Anchor.Bottom, 5, 7)]
    [InlineData(Anchor.TopLeft, 0, 0)]
    [InlineData(Anchor.TopRight, 10, 0)]
    [InlineData(Anchor.BottomLeft, 0, 7)]
    [InlineData(Anchor.BottomRight, 10, 7)]
    public void The_picture_sits_where_it_is_anchored(Anchor anchor, int left, int top)
    {
        var expected = new CanvasGeometry(20, 14, 30, 21, left, top);

        Assert.Equal(expected, CanvasGeometry.ForRatio(20, 14, 0.5, anchor));
        Assert.Equal(expected, CanvasGeometry.ForSize(20, 14, 30, 21, anchor));
    }

    [Theory]
    [InlineData(1080, 1920, 16 / 9.0, 3413, 1920)]
    [InlineData(1920, 1080, 1, 1920, 1920)]
    [InlineData(100, 99, 1, 100, 100)]
    [InlineData(300, 200, 2.35, 470, 200)]
    [InlineData(300, 200, 0.8, 300, 375)]
    public void A_shape_is_reached_by_growing_the_side_that_is_too_short(int width, int height, double aspect, int newWidth, int newHeight)
    {
        CanvasGeometry canvas = CanvasGeometry.ForAspect(width, height, aspect);

        Assert.Equal((newWidth, newHeight), (canvas.Width, canvas.Height));
    }

    [Fact]
    public void Each_side_is_given_what_is_asked_for()
    {
        CanvasGeometry canvas = CanvasGeometry.ForMargins(50, 40, left: 1, top: 2, right: 3, bottom: 4);

        Assert.Equal(new CanvasGeometry(50, 40, 54, 46, 1, 2), canvas);
        Assert.Equal((3, 4), (canvas.Right, canvas.Bottom));
    }

    public static TheoryData<Func<CanvasGeometry>, string> Impossible => new()
    {
        { () => CanvasGeometry.ForSize(50, 40, 100, 39), "never cropped" },
        { () => CanvasGeometry.ForSize(50, 40, 50, 40), "nothing to add" },
        { () => CanvasGeometry.ForMargins(50, 40, 0, 0, 0, 0), "nothing to add" },
        { () => CanvasGeometry.ForAspect(1920, 1080, 16 / 9.0), "nothing to add" },
        { () => CanvasGeometry.ForMargins(50, 40, 152, 0, 0, 0), "more than 4 times" },
        { () => CanvasGeometry.ForMargins(50, 40, int.MaxValue, 0, int.MaxValue, 0), "more than 4 times" },
        { () => CanvasGeometry.ForAspect(50, 40, 1e300), "more than 4 times" },
        { () => CanvasGeometry.ForSize(9000, 9000, 30000, 20000), "300 megapixels" },
    };

    [Theory]
    [MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_done_is_refused_in_one_line(Func<CanvasGeometry> ask, string reason)
    {
        var refusal = Assert.ThrowsAny<OutpaintException>(ask);

        Assert.Contains(reason, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(reason == "nothing to add", refusal is NothingToAddException);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(3.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_ratio_outside_the_bounds_is_refused(double ratio) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CanvasGeometry.ForRatio(100, 100, ratio));

    [Theory]
    [InlineData(16, 16, 0.03, "ask for a larger one")]
    [InlineData(9000, 9000, 1.5, "ask for a smaller one")]
    public void A_canvas_that_does_not_grow_or_grows_too_large_is_refused_with_advice(int width, int height, double ratio, string advice)
    {
        var refusal = Assert.ThrowsAny<OutpaintException>(() => CanvasGeometry.ForRatio(width, height, ratio));

        Assert.Contains(advice, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData(128, 128, 0.5, 1)]
    [InlineData(17, 17, 0.5, 1)] // 17 to 26 is a little more than 1.5
    [InlineData(100, 80, 1, 2)]
    [InlineData(101, 33, 1.25, 2)]
    [InlineData(640, 479, 3, 4)]
    public void Large_ratios_are_reached_in_steps_that_nest(int width, int height, double ratio, int count)
    {
        CanvasGeometry canvas = CanvasGeometry.ForRatio(width, height, ratio);

        IReadOnlyList<CanvasGeometry> steps = canvas.Steps();

        Assert.Equal(count, steps.Count);
        Assert.Equal((width, height), (steps[0].SourceWidth, steps[0].SourceHeight));
        Assert.Equal((canvas.Width, canvas.Height), (steps[^1].Width, steps[^1].Height));
        Assert.Equal((canvas.Left, canvas.Top), (steps.Sum(step => step.Left), steps.Sum(step => step.Top)));
        Assert.All(steps, step => Assert.All(
            new[] { step.Left, step.Top, step.Right, step.Bottom }, added => Assert.True(added >= 0)));
        Assert.All(steps.Zip(steps.Skip(1)), pair =>
            Assert.Equal((pair.First.Width, pair.First.Height), (pair.Second.SourceWidth, pair.Second.SourceHeight)));
    }

    [Theory]
    [InlineData(600, 0, 0, 0, 4)] // one side, 200 to 800 pixels
    [InlineData(0, 0, 100, 0, 1)]
    [InlineData(0, 250, 0, 0, 4)] // 100 to 350: three steps would be of 1.52
    [InlineData(300, 10, 0, 200, 3)] // sides that grow at different rates
    [InlineData(1, 1, 1, 1, 1)]
    public void No_step_is_longer_than_half_of_what_it_continues_whichever_sides_grow(int left, int top, int right, int bottom, int count)
    {
        CanvasGeometry canvas = CanvasGeometry.ForMargins(200, 100, left, top, right, bottom);

        IReadOnlyList<CanvasGeometry> steps = canvas.Steps();

        Assert.Equal(count, steps.Count);
        Assert.All(steps, step =>
        {
            Assert.InRange(step.Width, step.SourceWidth, Math.Ceiling(1.5 * step.SourceWidth));
            Assert.InRange(step.Height, step.SourceHeight, Math.Ceiling(1.5 * step.SourceHeight));
        });
        Assert.Equal(
            (left, top, right, bottom),
            (steps.Sum(step => step.Left), steps.Sum(step => step.Top), steps.Sum(step => step.Right), steps.Sum(step => step.Bottom)));
    }

    [Fact]
    public void Every_step_adds_something_however_small_the_picture()
    {
        for (int side = 1; side < 20; side++)
        {
            for (int length = side + 1; length <= (CanvasGeometry.MaxFactor * side) + 1; length++)
                Assert.All(CanvasGeometry.ForSize(side, side, length, length).Steps(), step => Assert.True(step.Width > step.SourceWidth, $"{side} to {length}"));
        }
    }

    [Fact]
    public void A_dimension_that_grows_little_is_done_in_the_first_step()
    {
        IReadOnlyList<CanvasGeometry> steps = CanvasGeometry.ForSize(100, 100, 300, 120).Steps();

        Assert.Equal([120, 120, 120], steps.Select(step => step.Height));
    }

    [Fact]
    public void A_canvas_of_more_pixels_than_can_be_counted_is_over_the_limit() =>
        Assert.Contains("over the limit", Assert.Throws<OutpaintException>(() => CanvasGeometry.ForRatio(int.MaxValue, int.MaxValue, 3)).Message);
}
