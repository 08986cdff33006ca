using Outpaint.Inference;

namespace Outpaint.Tests.Inference;

public sealed class AxisScaleTests
{
    private static readonly AxisScale Scale = new(Small: 20, Large: 70, SmallStart: 8, LargeStart: 28);

    [Fact]
    public void The_whole_picture_is_all_of_its_small_copy() => Assert.Equal((8, 20), Scale.Within(28, 70));

    [Fact]
    public void Of_a_part_of_it_only_pixels_that_show_nothing_else_count()
    {
        Assert.Equal((9, 2), Scale.Within(29, 10));
        Assert.Equal((10, 4), Scale.Within(35, 14));
    }

    [Fact]
    public void There_is_always_a_pixel() => Assert.Equal(1, Scale.Within(40, 1).Length);

    [Fact]
    public void It_is_one_of_the_picture() =>
        Assert.Equal((7, 1), new AxisScale(Small: 1, Large: 2, SmallStart: 7, LargeStart: 2).Within(3, 1));
}
