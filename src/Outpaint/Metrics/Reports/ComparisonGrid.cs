using Outpaint.Imaging;
using Outpaint.Metrics.Evaluation;
using Outpaint.Models;
using Outpaint.Torch;

namespace Outpaint.Metrics.Reports;

/// <summary>A picture to look at: a row per photo, columns input, each method, original.</summary>
public static class ComparisonGrid
{
    private const int Gap = 4;

    /// <summary>Draws some photos, spread evenly over the set.</summary>
    /// <param name="set">The photos.</param>
    /// <param name="evaluator">Runs the methods as they are scored.</param>
    /// <param name="methods">The columns between input and original.</param>
    /// <param name="rows">How many photos at most.</param>
    /// <param name="maxPixels">Cells are shrunk until the whole has no more than that.</param>
    /// <param name="cancellation">Looked at between pictures.</param>
    public static RgbImage Draw(
        EvaluationSet set, Evaluator evaluator, IReadOnlyList<EvaluationMethod> methods, int rows, long maxPixels = Photo.MaxPixels, CancellationToken cancellation = default)
    {
        int count = Math.Min(rows, set.Count);
        int columns = methods.Count + 2;
        int side = Math.Clamp((int)Math.Sqrt(maxPixels / (double)(columns * count)) - Gap, 1, set.Protocol.CanvasSize);
        int step = side + Gap;
        var grid = new RgbImage((columns * step) - Gap, (count * step) - Gap);
        grid.Pixels.AsSpan().Fill(byte.MaxValue);
        for (int row = 0; row < count; row++)
        {
            using var scope = new TensorScope();
            int index = (int)((long)row * set.Count / count);
            Tensor[] cells = [set.Batch(index, 1).Image, .. methods.Select(method => evaluator.Run(method, index, 1, cancellation)), set.Originals(index, 1)];
            for (int column = 0; column < cells.Length; column++)
                grid.Paste(PixelRange.ToImage(PixelRange.ToBytes(cells[column])[0]).Resize(side, side), column * step, row * step);
        }

        return grid;
    }
}
