using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>What all metrics ask of what they are given, and the single precision that they take it in.</summary>
internal static class MetricInput
{
    /// <summary>Images to measure.</summary>
    /// <param name="images">[N, 3, H, W] in [-1, 1], in any floating-point type.</param>
    /// <param name="smallestSide">What the metric needs, in pixels.</param>
    /// <returns>The images, in Float32.</returns>
    /// <exception cref="ArgumentException">They have another shape, whole numbers, or too short a side.</exception>
    internal static Tensor Images(Tensor images, int smallestSide = 1)
    {
        if (images.Shape is not [_, 3, var height, var width])
            throw new ArgumentException($"Images are [N, 3, H, W], not {Words(images)}.", nameof(images));
        if (images.DType is not (DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16))
            throw new ArgumentException($"Images hold values in [-1, 1] in floating point, not {images.DType}.", nameof(images));
        if (Math.Min(height, width) < smallestSide)
            throw new ArgumentException($"Images need sides of at least {smallestSide} pixels; these are {Words(images)}.", nameof(images));
        return images.To(DType.Float32);
    }

    /// <summary>Images and those that they are compared with, of the same shape.</summary>
    /// <inheritdoc cref="Images"/>
    internal static (Tensor Output, Tensor Original) Pair(Tensor output, Tensor original, int smallestSide = 1) =>
        output.Shape.AsSpan().SequenceEqual(original.Shape)
            ? (Images(output, smallestSide), Images(original, smallestSide))
            : throw new ArgumentException($"Images of {Words(output)} cannot be compared with images of {Words(original)}.", nameof(output));

    /// <summary>The hole in images.</summary>
    /// <param name="mask">1 where the hole is, 0 where pixels are known: [N or 1, 1, H, W], in any type.</param>
    /// <param name="images">The images.</param>
    /// <returns>The mask, in Float32.</returns>
    /// <exception cref="ArgumentException">It has another shape.</exception>
    internal static Tensor Mask(Tensor mask, Tensor images) =>
        mask.Shape is [var count, 1, var height, var width] && (count == 1 || count == images.Size(0)) && (height, width) == (images.Size(2), images.Size(3))
            ? mask.To(DType.Float32)
            : throw new ArgumentException($"A mask for images of {Words(images)} is [N or 1, 1, H, W], not {Words(mask)}.", nameof(mask));

    private static string Words(Tensor tensor) => $"[{string.Join(", ", tensor.Shape)}]";
}
