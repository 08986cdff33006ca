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
        var refusal = Assert.Throws<OutpaintException>(() => CanvasGeometry.ForRatio(width, height, ratio));

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
}
