using Outpaint.Torch;

namespace Outpaint.Metrics.Evaluation;

/// <summary>Something that fills holes, under the name it has in the results.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Extend">From a batch to whole images, [N, 3, H, W] in [-1, 1], whose known pixels do not matter.</param>
public sealed record EvaluationMethod(string Name, Func<EvaluationBatch, Tensor> Extend);
