using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>
/// Structural similarity (Wang et al. 2004, equation 13): (2 m_x m_y + C1)(2 s_xy + C2) / ((m_x^2 + m_y^2 + C1)(s_x^2 + s_y^2 + C2))
/// with an 11 x 11 Gaussian window of sigma 1.5, C1 = .01^2 and C2 = .03^2 for values in [0, 1], averaged over the
/// three colour channels and over the windows that lie inside the image and have their centre in the hole.
/// </summary>
public static class Ssim
{
    private const int WindowSize = 11;
    private const double C1 = 0.01 * 0.01;
    private const double C2 = 0.03 * 0.03;

    /// <summary>One value per image, at most 1; higher is better. NaN where the hole is narrower than half a window.</summary>
    /// <param name="output">The method's images, [N, 3, H, W] in [-1, 1], sides of at least 11.</param>
    /// <param name="original">The true images, likewise.</param>
    /// <param name="mask">1 where the hole is, 0 where pixels are known: [N or 1, 1, H, W].</param>
    /// <exception cref="ArgumentException">A shape is another, images are no floating-point numbers, or a side is too short.</exception>
    public static double[] Compute(Tensor output, Tensor original, Tensor mask)
    {
        using var scope = new TensorScope();
        (output, original) = MetricInput.Pair(output, original, WindowSize);
        mask = MetricInput.Mask(mask, output);
        // Not shift-invariant, so the range must be the paper's.
        Tensor x = (output + 1) / 2;
        Tensor y = (original + 1) / 2;
        Tensor meanX = Window(x);
        Tensor meanY = Window(y);
        Tensor varianceX = Window(x.Square()) - meanX.Square();
        Tensor varianceY = Window(y.Square()) - meanY.Square();
        Tensor covariance = Window(x * y) - (meanX * meanY);

        Tensor similarity = ((meanX * meanY * 2) + C1) * ((covariance * 2) + C2)
            / ((meanX.Square() + meanY.Square() + C1) * (varianceX + varianceY + C2));
        long half = WindowSize / 2;
        Tensor centres = mask.Narrow(2, half, similarity.Size(2)).Narrow(3, half, similarity.Size(3));
        return Region.Mean(similarity, centres);
    }

    private static Tensor Window(Tensor values) => GaussianBlur.Valid(values, WindowSize, 1.5);
}
