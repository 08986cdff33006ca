using Outpaint.Imaging;
using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Metrics.Reports;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class ComparisonGridTests : IDisposable
{
    private readonly OutpaintProtocol protocol = new(0.5, knownSize: 32);
    private readonly EvaluationSet set;

    public ComparisonGridTests() => set = new EvaluationSet(protocol, ["a", "b"], (Tensor.Ones([2, 3, 48, 48]) * 90).To(DType.UInt8));

    [Fact]
    public void A_row_shows_the_input_each_method_and_the_original()
    {
        RgbImage grid = Draw(Photo.MaxPixels);

        Assert.Equal(((3 * 48) + 8, (2 * 48) + 4), (grid.Width, grid.Height));
        Assert.Equal(90, grid.Pixels[^1]);
    }

    [Fact]
    public void Large_cells_are_shrunk()
    {
        RgbImage grid = Draw(maxPixels: 6 * 24 * 24);

        Assert.Equal(((3 * 20) + 8, (2 * 20) + 4), (grid.Width, grid.Height));
        Assert.Equal(90, grid.Pixels[^1]);
    }

    public void Dispose()
    {
        set.Dispose();
        protocol.Dispose();
    }

    private RgbImage Draw(long maxPixels)
    {
        using var evaluator = new Evaluator(set);
        return ComparisonGrid.Draw(set, evaluator, [Baselines.Reflect], rows: 5, maxPixels);
    }
}
