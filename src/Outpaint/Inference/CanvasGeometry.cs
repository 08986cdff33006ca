namespace Outpaint.Inference;

/// <summary>Where a picture lies on its extended canvas. All lengths are pixels.</summary>
/// <param name="SourceWidth">Width of the picture.</param>
/// <param name="SourceHeight">Height of the picture.</param>
/// <param name="Width">Width of the canvas.</param>
/// <param name="Height">Height of the canvas.</param>
/// <param name="Left">Columns added on the left.</param>
/// <param name="Top">Rows added above.</param>
public sealed record CanvasGeometry(int SourceWidth, int SourceHeight, int Width, int Height, int Left, int Top)
{
    /// <summary>The largest extension ratio: four times each side.</summary>
    public const double MaxRatio = 3;

    /// <summary>The largest canvas.</summary>
    public const long MaxPixels = 300_000_000;

    // Larger jumps ask for more than the model has seen in training, and look worse than several small ones.
    private const double MaxStepFactor = 1.5;

    /// <summary>Columns added on the right.</summary>
    public int Right => Width - SourceWidth - Left;

    /// <summary>Rows added below.</summary>
    public int Bottom => Height - SourceHeight - Top;

    /// <summary>
    /// Makes each side (1 + ratio) times as long, rounded to the nearest pixel (halves up). What is added is split
    /// evenly; an odd pixel goes to the right or the bottom.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not above 0 and at most <see cref="MaxRatio"/>.</exception>
    /// <exception cref="OutpaintException">Nothing would be added, or the canvas exceeds <see cref="MaxPixels"/>.</exception>
    public static CanvasGeometry ForRatio(int sourceWidth, int sourceHeight, double ratio)
    {
        if (!(ratio > 0 && ratio <= MaxRatio))
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, $"The extension ratio is above 0 and at most {MaxRatio}.");
        CanvasGeometry canvas = Centred(sourceWidth, sourceHeight, 1 + ratio);
        if (canvas.Width == sourceWidth && canvas.Height == sourceHeight)
            throw new OutpaintException($"at the extension ratio {ratio} a picture of {sourceWidth} x {sourceHeight} pixels does not grow; give a larger ratio.");
        if ((long)canvas.Width * canvas.Height > MaxPixels)
            throw new OutpaintException($"the canvas would be {canvas.Width} x {canvas.Height} pixels, over the limit of {MaxPixels / 1_000_000} megapixels; give a smaller ratio or shrink the picture.");
        return canvas;
    }

    /// <summary>The way to this canvas in equal steps of at most 1.5 times a side each, the picture itself first.</summary>
    public IReadOnlyList<CanvasGeometry> Steps()
    {
        double factor = SourceWidth > SourceHeight ? Width / (double)SourceWidth : Height / (double)SourceHeight;
        // The tolerance keeps a side that was only rounded up (17 to 26) in one step.
        int count = Math.Max(1, (int)Math.Ceiling(Math.Log(factor) / Math.Log(MaxStepFactor) - 0.1));
        var steps = new List<CanvasGeometry>(count);
        CanvasGeometry inner = Centred(SourceWidth, SourceHeight, 1);
        for (int step = 1; step <= count; step++)
        {
            CanvasGeometry outer = step == count ? this : Centred(SourceWidth, SourceHeight, Math.Pow(factor, step / (double)count));
            steps.Add(new CanvasGeometry(inner.Width, inner.Height, outer.Width, outer.Height, outer.Left - inner.Left, outer.Top - inner.Top));
            inner = outer;
        }
        return steps;
    }

    private static CanvasGeometry Centred(int sourceWidth, int sourceHeight, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceHeight, 1);
        int width = Scaled(sourceWidth, factor), height = Scaled(sourceHeight, factor);
        return new CanvasGeometry(sourceWidth, sourceHeight, width, height, (width - sourceWidth) / 2, (height - sourceHeight) / 2);
    }

    private static int Scaled(int side, double factor) => (int)Math.Round(side * factor, MidpointRounding.AwayFromZero);
}
