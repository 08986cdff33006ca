using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;
using Outpaint.Training.Masks;

namespace Outpaint.Training.Batches;

/// <summary>What the input pipeline hands to a step: what was drawn, and how its crops get to the device.</summary>
/// <param name="plan">What was drawn.</param>
/// <param name="size">Side of the canvas in pixels.</param>
/// <param name="device">Where to work.</param>
/// <param name="canvases">Makes the crops, not flipped: [N, 3, size, size] in [-1, 1].</param>
/// <param name="memory">What the crops lie in until the batch is disposed; null for nothing.</param>
internal sealed class TrainingBatch(
    BatchPlan plan, int size, Device device, Func<BatchNumbers, Tensor> canvases, IDisposable? memory = null) : IDisposable
{
    /// <summary>What was drawn.</summary>
    internal BatchPlan Plan => plan;

    /// <summary>Makes the canvases, without waiting for the device.</summary>
    /// <returns>
    /// Image [N, 3, size, size] in [-1, 1], channels last, mask [N, 1, size, size], 1 in the hole, and, if one was drawn, the
    /// warp [N, <see cref="PrefillWarp.Count"/>].
    /// </returns>
    internal (Tensor Image, Tensor Mask, Tensor? Warp) ToTensors()
    {
        using TensorScope scope = new();
        var numbers = new BatchNumbers(plan, size, device);
        Tensor image = canvases(numbers);
        if (plan.Gammas is not null)
            image = GammaJitter.Apply(image, numbers.Gamma);
        image = image.Flip(3).Where(numbers.Flipped.Reshape(-1, 1, 1, 1), image).ForConvolution();
        Tensor? warp = numbers.Warp;
        return (scope.Keep(image), scope.Keep(RectangleMask.Outside(numbers.Known, size)), warp is null ? null : scope.Keep(warp));
    }

    /// <summary>Gives the memory of the crops back.</summary>
    public void Dispose() => memory?.Dispose();
}
