using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>
/// How a photo becomes a test case: its shorter side is resized to the canvas, the centre square of that is the
/// original, the centre of the original is known, and the ring around it is the hole. The default, 128 to 192, is the
/// "2.25x" protocol of Van Hoorick 2019 and QueryOTR (Yao et al. 2022).
/// </summary>
public sealed class OutpaintProtocol : IDisposable
{
    /// <summary>Below it the ring, 8 pixels wide at 128, is too narrow for the windows of SSIM and texture.</summary>
    public const double MinRatio = 0.125;

    /// <summary>The usual side of the known square in pixels; a smaller one would have a narrower ring.</summary>
    public const int MinKnownSize = 128;

    /// <summary>Makes the geometry.</summary>
    /// <param name="extensionRatio">By how much each side grows, relative to itself; above 0.</param>
    /// <param name="knownSize">Side of the known square in pixels.</param>
    public OutpaintProtocol(double extensionRatio = 0.5, int knownSize = MinKnownSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(extensionRatio);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(knownSize);
        KnownSize = knownSize;
        CanvasSize = (int)Math.Round(knownSize * (1 + extensionRatio), MidpointRounding.AwayFromZero);
        Margin = (CanvasSize - KnownSize) / 2;
        Mask = Tensor.Ones([1, 1, CanvasSize, CanvasSize]);
        using Tensor rows = Mask.Narrow(2, Margin, KnownSize);
        using Tensor known = rows.Narrow(3, Margin, KnownSize);
        known.Fill_(0);
    }

    /// <summary>Side of the known square in pixels.</summary>
    public int KnownSize { get; }

    /// <summary>Side of the whole square in pixels.</summary>
    public int CanvasSize { get; }

    /// <summary>Pixels above and left of the known square; below and right there may be one more.</summary>
    public int Margin { get; }

    /// <summary>1 where the hole is, 0 where pixels are known: [1, 1, canvas, canvas].</summary>
    public Tensor Mask { get; }

    /// <summary>
    /// A photo's original, [3, canvas, canvas] in 0..255, resized by antialiased bilinear interpolation and cropped as
    /// torchvision's Resize and CenterCrop do.
    /// </summary>
    /// <param name="pixels">Interleaved red, green, blue, row by row from the top.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public Tensor Original(ReadOnlySpan<byte> pixels, int width, int height)
    {
        using var scope = new TensorScope();
        Tensor image = Tensor.FromBytes(pixels, [1, height, width, 3], DType.UInt8).Permute(0, 3, 1, 2).To(DType.Float32);
        long shorter = Math.Min(width, height);
        long[] size = [height * (long)CanvasSize / shorter, width * (long)CanvasSize / shorter];
        Tensor resized = Dispatcher.Call("_upsample_bilinear2d_aa", image.Contiguous(), size, false, Argument.None, Argument.None);
        Tensor original = resized.Narrow(2, Centre(size[0]), CanvasSize).Narrow(3, Centre(size[1]), CanvasSize);
        return scope.Keep(original.Round().Clamp(0, 255).To(DType.UInt8)[0].Contiguous());
    }

    /// <summary>Releases the mask.</summary>
    public void Dispose() => Mask.Dispose();

    private long Centre(long side) => (long)Math.Round((side - CanvasSize) / 2.0);
}
