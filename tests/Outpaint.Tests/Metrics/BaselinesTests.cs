using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class BaselinesTests
{
    [Fact]
    public void Replication_repeats_the_outermost_known_pixel() =>
        Assert.Equal([3, 3, 3, 4, 5, 6, 6, 6], RowOf(Baselines.EdgeReplicate, first: 2, length: 4));

    [Fact]
    public void Reflection_mirrors_without_repeating_the_edge() =>
        Assert.Equal([5, 4, 3, 4, 5, 6, 5, 4], RowOf(Baselines.Reflect, first: 2, length: 4));

    [Fact]
    public void Reflection_of_a_narrow_part_goes_back_and_forth() =>
        Assert.Equal([5, 4, 5, 4, 5, 4, 5, 4], RowOf(Baselines.Reflect, first: 3, length: 2));

    // A canvas of 8 x 8 whose pixels hold their column's number + 1; the known part has these columns and all rows.
    private static int[] RowOf(EvaluationMethod method, int first, int length)
    {
        Tensor mask = Masks.FromColumns(8, x => x >= first && x < first + length ? 0 : 1);
        Tensor image = Masks.GreyColumns(8, x => x + 1) * (1 - mask);
        Tensor output = method.Extend(new EvaluationBatch(["photo"], image, mask));
        return [.. output[0][0][5].ToArray<float>().Select(value => (int)value)];
    }
}
