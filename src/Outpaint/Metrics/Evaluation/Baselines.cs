using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;

namespace Outpaint.Metrics.Evaluation;

/// <summary>Extensions that need no model: the least that one must beat.</summary>
public static class Baselines
{
    /// <summary>Repeats the outermost known pixels.</summary>
    public static EvaluationMethod EdgeReplicate { get; } = new("edge replicate", Replicated);

    /// <summary>Mirrors the known part at its outermost pixels, which are not repeated.</summary>
    public static EvaluationMethod Reflect { get; } = new("reflect", batch => ReflectionPrefill.Fill(batch.Image, batch.Mask));

    private static Tensor Replicated(EvaluationBatch batch)
    {
        using var scope = new TensorScope();
        long[] shape = batch.Image.Shape;
        Tensor rows = KnownRectangle.Along(batch.Mask, 2).Nearest().Expand(shape);
        Tensor columns = KnownRectangle.Along(batch.Mask, 3).Nearest().Expand(shape);
        return scope.Keep(Dispatcher.Call("gather", Dispatcher.Call("gather", batch.Image, 2, rows), 3, columns));
    }
}
