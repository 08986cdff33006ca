using Outpaint.Training.Masks;

namespace Outpaint.Tests.Training.Masks;

public sealed class MaskSamplerTests
{
    private const int Draws = 4000;

    [Theory]
    [InlineData(64)]
    [InlineData(72)]
    [InlineData(128)]
    [InlineData(192)]
    [InlineData(1024)]
    public void There_is_always_a_hole_and_at_least_a_third_of_each_side_stays_known(int size)
    {
        foreach (Margins hole in Sample(size))
        {
            Assert.True(hole.Left + hole.Top + hole.Right + hole.Bottom > 0);
            Assert.True(Math.Min(Math.Min(hole.Left, hole.Top), Math.Min(hole.Right, hole.Bottom)) >= 0);
            Assert.InRange(size - hole.Left - hole.Right, size / 3.0, size);
            Assert.InRange(size - hole.Top - hole.Bottom, size / 3.0, size);
        }
    }

    [Fact]
    public void About_half_are_the_all_round_hole_of_the_default_ratio()
    {
        // 1.5 times 128 is 192: 32 pixels on each side.
        int allRound = Sample(192).Count(hole => hole == new Margins(32, 32, 32, 32));

        Assert.InRange(allRound, 0.45 * Draws, 0.55 * Draws);
    }

    [Fact]
    public void Every_combination_of_sides_occurs()
    {
        var combinations = Sample(192).Select(hole => (hole.Left > 0, hole.Top > 0, hole.Right > 0, hole.Bottom > 0)).Distinct();

        Assert.Equal(15, combinations.Count());
    }

    [Fact]
    public void Single_sides_are_up_to_half_the_canvas_deep()
    {
        int deepest = Sample(192).Max(hole => Math.Max(Math.Max(hole.Left, hole.Right), Math.Max(hole.Top, hole.Bottom)));

        Assert.InRange(deepest, 90, 96);
    }

    private static Margins[] Sample(int size)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Draws).Select(_ => MaskSampler.Sample(random, size))];
    }
}
