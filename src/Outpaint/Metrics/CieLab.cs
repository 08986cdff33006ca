using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>The CIE 1976 L*a*b* colour space with the white point D65, from sRGB (IEC 61966-2-1).</summary>
public static class CieLab
{
    // Linear sRGB to XYZ, each row divided by the white point (.95047, 1, 1.08883).
    private static readonly float[] NormalisedXyz =
    [
        0.4124564f / 0.95047f, 0.3575761f / 0.95047f, 0.1804375f / 0.95047f,
        0.2126729f, 0.7151522f, 0.0721750f,
        0.0193339f / 1.08883f, 0.1191920f / 1.08883f, 0.9503041f / 1.08883f,
    ];

    /// <summary>Images [N, 3, H, W] in [-1, 1] to L* in [0, 100], a* and b*.</summary>
    /// <exception cref="ArgumentException">Their shape is another, or they are no floating-point numbers.</exception>
    public static Tensor FromSrgb(Tensor images)
    {
        using var scope = new TensorScope();
        Tensor encoded = ((MetricInput.Images(images) + 1) / 2).Clamp(0, 1);
        Tensor linear = Power((encoded + 0.055) / 1.055, 2.4).Where(GreaterThan(encoded, 0.04045), encoded / 12.92);
        Tensor xyz = Dispatcher.Call("conv2d", linear, Tensor.From(NormalisedXyz, 3, 3, 1, 1).To(images.Device));

        // CIE 15:2004, equation 8.5: a cube root with a straight foot.
        const double delta = 6.0 / 29;
        Tensor f = Power(xyz, 1.0 / 3).Where(GreaterThan(xyz, delta * delta * delta), (xyz / (3 * delta * delta)) + (4.0 / 29));
        (Tensor fx, Tensor fy, Tensor fz) = (f.Narrow(1, 0, 1), f.Narrow(1, 1, 1), f.Narrow(1, 2, 1));
        return scope.Keep(Tensor.Cat([(fy * 116) - 16, (fx - fy) * 500, (fy - fz) * 200], 1));
    }

    private static Tensor Power(Tensor values, double exponent) => Dispatcher.Call("pow.Tensor_Scalar", values, exponent);

    private static Tensor GreaterThan(Tensor values, double threshold) => Dispatcher.Call("gt.Scalar", values, threshold);
}
