using Outpaint.Inference;

namespace Outpaint.Tests.Inference;

public sealed class ResamplingAxisTests
{
    // 10 samples become 37 pixels.
    private const int Samples = 10, Targets = 37;
    private static readonly Dictionary<string, ResamplingAxis> Axes = new()
    {
        ["cubic"] = ResamplingAxis.Cubic(Targets, Samples, Position),
        ["smooth"] = ResamplingAxis.Smooth(Targets, Samples, Position),
    };

    [Theory]
    [InlineData("cubic")]
    [InlineData("smooth")]
    public void A_straight_slope_stays_one(string kind)
    {
        for (int target = 8; target < Targets - 8; target++) // where no sample is repeated
            Assert.Equal(Position(target), Read(Axes[kind], target, sample => sample), 1e-5);
    }

    [Theory]
    [InlineData("cubic")]
    [InlineData("smooth")]
    public void The_outermost_samples_are_repeated(string kind)
    {
        Assert.Equal(7, Read(Axes[kind], 0, _ => 7), 1e-5);
        Assert.Equal(7, Read(Axes[kind], Targets - 1, _ => 7), 1e-5);
    }

    [Fact]
    public void A_smooth_axis_fades_from_sample_to_sample_without_overshooting()
    {
        double[] step = [.. Enumerable.Range(0, Targets).Select(target => Read(Axes["smooth"], target, sample => sample < 5 ? 0 : 1))];

        Assert.All(step, value => Assert.InRange(value, 0, 1 + 1e-6)); // rounding
        Assert.All(step.Zip(step.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, -1e-6, 0.27)); // at most as steep as a straight line
    }

    private static double Position(int target) => ((target + 0.5) * Samples / Targets) - 0.5;

    private static double Read(ResamplingAxis axis, int target, Func<int, double> sample)
    {
        double sum = 0;
        for (int tap = 0; tap < axis.Indices(target).Length; tap++)
            sum += axis.Weights(target)[tap] * sample(axis.Indices(target)[tap]);
        return sum;
    }
}
