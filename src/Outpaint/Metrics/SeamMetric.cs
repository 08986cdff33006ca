using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>
/// How much the border shows: the mean absolute difference of neighbouring pixels across the border of the hole over
/// that of the pairs right beside it, one pixel further inside and outside. 1 is seamless; more is a visible line,
/// less a smear.
/// </summary>
public static class SeamMetric
{
    /// <summary>One ratio per image, differences in [0, 2].</summary>
    /// <param name="images">Images [N, 3, H, W] in [-1, 1].</param>
    /// <param name="mask">1 where the hole is, 0 where pixels are known: [1, 1, H, W].</param>
    /// <exception cref="ArgumentException">A shape is another, images are no floating-point numbers, or a side is too short.</exception>
    public static Ratio[] Compute(Tensor images, Tensor mask)
    {
        using var scope = new TensorScope();
        images = MetricInput.Images(images, 2);
        mask = MetricInput.Mask(mask, images);
        Tensor differences = AlongBothAxes(axis => Differences(images, axis));
        Tensor across = AlongBothAxes(axis => Differences(mask, axis));
        Tensor beside = AlongBothAxes(axis => Beside(Differences(mask, axis), axis));
        return [.. Region.Mean(differences, across).Zip(Region.Mean(differences, beside), (border, near) => new Ratio(border, near))];
    }

    private static Tensor AlongBothAxes(Func<long, Tensor> values) =>
        Tensor.Cat([.. new long[] { 2, 3 }.Select(axis => Flat(values(axis)))], 3);

    private static Tensor Flat(Tensor values) => values.Reshape(values.Size(0), values.Size(1), 1, -1);

    private static Tensor Differences(Tensor values, long axis)
    {
        long pairs = values.Size((int)axis) - 1;
        return (values.Narrow(axis, 1, pairs) - values.Narrow(axis, 0, pairs)).Abs();
    }

    private static Tensor Beside(Tensor across, long axis) =>
        (Shifted(across, 1, axis) + Shifted(across, -1, axis)).Clamp(0, 1) * (1 - across);

    private static Tensor Shifted(Tensor values, long by, long axis) => Dispatcher.Call("roll", values, new[] { by }, new[] { axis });
}
