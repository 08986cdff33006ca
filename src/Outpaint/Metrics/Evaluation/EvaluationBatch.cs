using Outpaint.Torch;

namespace Outpaint.Metrics.Evaluation;

/// <summary>What a method sees of some test cases.</summary>
/// <param name="Keys">The photos' names, without extension.</param>
/// <param name="Image">The images, 0 in the hole: [N, 3, H, W] in [-1, 1].</param>
/// <param name="Mask">1 where the hole is, 0 where pixels are known: [N, 1, H, W].</param>
public sealed record EvaluationBatch(IReadOnlyList<string> Keys, Tensor Image, Tensor Mask);
