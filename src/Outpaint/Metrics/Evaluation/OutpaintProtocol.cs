using Outpaint.Inference;
using Outpaint.Torch;

namespace Outpaint.Metrics.Evaluation;

/// <summary>
/// How a photo becomes a test case: its shorter side is resized to the canvas, the centre square of that is the
/// original, the centre of the original is known, and the ring around it is the hole. The default, 128 to 192, is the
/// "2.25x" protocol of Van Hoorick 2019 and QueryOTR (Yao et al. 2022). Where not all sides are extended, the known part
/// reaches to the others.
/// </summary>
public sealed class OutpaintProtocol : IDisposable
{
    /// <summary>The usual side of the known square in pixels.</summary>
    public const int UsualKnownSize = 128;

    /// <summary>Makes the geometry.</summary>
    /// <param name="extensionRatio">By how much each side grows, relative to itself; above 0.</param>
    /// <param name="knownSize">Side of the known square in pixels.</param>
    /// <param name="sides">Where it grows: at both ends of an axis by half as much, at one end by all of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ratio or the known square's side is not above 0.</exception>
    /// <exception cref="OutpaintException">No side is extended, or by more than <see cref="CanvasGeometry"/> allows.</exception>
    public OutpaintProtocol(double extensionRatio = 0.5, int knownSize = UsualKnownSize, CanvasSides sides = CanvasSides.All)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(extensionRatio);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(knownSize);
        (KnownSize, Sides) = (knownSize, sides);
        CanvasSize = (int)Math.Round(knownSize * (1 + extensionRatio), MidpointRounding.AwayFromZero);
        (int left, int right) = Margins(CanvasSides.Left, CanvasSides.Right);
        (int top, int bottom) = Margins(CanvasSides.Top, CanvasSides.Bottom);
        Canvas = CanvasGeometry.ForMargins(CanvasSize - left - right, CanvasSize - top - bottom, left, top, right, bottom);
        Mask = Tensor.Ones([1, 1, CanvasSize, CanvasSize]);
        using var scope = new TensorScope();
        Known(Mask).Fill_(0);
    }

    /// <summary>Side of the known square in pixels, along the axes that are extended.</summary>
    public int KnownSize { get; }

    /// <summary>Side of the whole square in pixels.</summary>
    public int CanvasSize { get; }

    /// <summary>The sides that are extended.</summary>
    public CanvasSides Sides { get; }

    /// <summary>Where the known part lies on the whole square.</summary>
    public CanvasGeometry Canvas { get; }

    /// <summary>1 where the hole is, 0 where pixels are known: [1, 1, canvas, canvas].</summary>
    public Tensor Mask { get; }

    /// <summary>The known part of images [N, C, canvas, canvas].</summary>
    public Tensor Known(Tensor images) =>
        images.Narrow(2, Canvas.Top, Canvas.SourceHeight).Narrow(3, Canvas.Left, Canvas.SourceWidth);

    /// <summary>
    /// A photo's original, [3, canvas, canvas] in 0..255, resized by antialiased bilinear interpolation and cropped as
    /// torchvision's Resize and CenterCrop do.
    /// </summary>
    /// <param name="pixels">Interleaved red, green, blue, row by row from the top.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <exception cref="TorchException">The pixels are not width * height * 3 bytes.</exception>
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

    private (int First, int Second) Margins(CanvasSides first, CanvasSides second)
    {
        int margin = CanvasSize - KnownSize;
        return (Sides.HasFlag(first), Sides.HasFlag(second)) switch
        {
            (true, true) => (margin / 2, margin - (margin / 2)),
            (true, false) => (margin, 0),
            (false, true) => (0, margin),
            _ => (0, 0),
        };
    }

    private long Centre(long side) => (long)Math.Round((side - CanvasSize) / 2.0);
}
