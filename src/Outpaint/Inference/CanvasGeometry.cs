namespace Outpaint.Inference;

/// <summary>Where a picture lies on its extended canvas. All lengths are pixels.</summary>
public sealed record CanvasGeometry
{
    /// <summary>How many times as long as the picture's a side of the canvas may be; a pixel more is let through, for sides that are rounded one by one.</summary>
    public const int MaxFactor = 4;

    /// <summary>The largest extension ratio.</summary>
    public const double MaxRatio = MaxFactor - 1;

    /// <summary>The largest canvas.</summary>
    public const long MaxPixels = 300_000_000;

    // Checked by the factories, which are the way in.
    internal CanvasGeometry(int sourceWidth, int sourceHeight, int width, int height, int left, int top) =>
        (SourceWidth, SourceHeight, Width, Height, Left, Top) = (sourceWidth, sourceHeight, width, height, left, top);

    /// <summary>Width of the picture.</summary>
    public int SourceWidth { get; }

    /// <summary>Height of the picture.</summary>
    public int SourceHeight { get; }

    /// <summary>Width of the canvas.</summary>
    public int Width { get; }

    /// <summary>Height of the canvas.</summary>
    public int Height { get; }

    /// <summary>Columns added on the left.</summary>
    public int Left { get; }

    /// <summary>Rows added above.</summary>
    public int Top { get; }

    /// <summary>Columns added on the right.</summary>
    public int Right => Width - SourceWidth - Left;

    /// <summary>Rows added below.</summary>
    public int Bottom => Height - SourceHeight - Top;

    /// <summary>Makes each side (1 + ratio) times as long, rounded to the nearest pixel (halves up).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not above 0 and at most <see cref="MaxRatio"/>, or a side of the picture is less than 1 pixel.</exception>
    /// <exception cref="OutpaintException">Nothing would be added, or the canvas exceeds <see cref="MaxPixels"/>.</exception>
    public static CanvasGeometry ForRatio(int sourceWidth, int sourceHeight, double ratio, Anchor anchor = Anchor.Center)
    {
        if (!(ratio > 0 && ratio <= MaxRatio))
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, $"The extension ratio is above 0 and at most {MaxRatio}.");
        return Placed(sourceWidth, sourceHeight, Round(sourceWidth * (1 + ratio)), Round(sourceHeight * (1 + ratio)), anchor);
    }

    /// <summary>Adds columns and rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number to add is negative, or a side of the picture is less than 1 pixel.</exception>
    /// <exception cref="OutpaintException">
    /// Nothing would be added, or the canvas exceeds <see cref="MaxFactor"/> or <see cref="MaxPixels"/>.
    /// </exception>
    public static CanvasGeometry ForMargins(int sourceWidth, int sourceHeight, int left, int top, int right, int bottom)
    {
        foreach (int margin in (int[])[left, top, right, bottom])
            ArgumentOutOfRangeException.ThrowIfNegative(margin);
        long width = (long)sourceWidth + left + right, height = (long)sourceHeight + top + bottom;
        Check(sourceWidth, sourceHeight, width, height);
        return new CanvasGeometry(sourceWidth, sourceHeight, (int)width, (int)height, left, top);
    }

    /// <summary>Makes the canvas so large.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side of the picture is less than 1 pixel.</exception>
    /// <exception cref="OutpaintException">
    /// The canvas is smaller than the picture in a dimension, or as in <see cref="ForMargins"/>.
    /// </exception>
    public static CanvasGeometry ForSize(int sourceWidth, int sourceHeight, int width, int height, Anchor anchor = Anchor.Center) =>
        Placed(sourceWidth, sourceHeight, width, height, anchor);

    /// <summary>Gives the canvas a shape by growing one of its dimensions only.</summary>
    /// <param name="sourceWidth">Width of the picture.</param>
    /// <param name="sourceHeight">Height of the picture.</param>
    /// <param name="aspect">Width / height of the canvas.</param>
    /// <param name="anchor">Where the picture sits.</param>
    /// <exception cref="ArgumentOutOfRangeException">The aspect is not a finite number above 0, or a side of the picture is less than 1 pixel.</exception>
    /// <exception cref="OutpaintException">As in <see cref="ForMargins"/>.</exception>
    public static CanvasGeometry ForAspect(int sourceWidth, int sourceHeight, double aspect, Anchor anchor = Anchor.Center)
    {
        if (!(aspect > 0 && double.IsFinite(aspect)))
            throw new ArgumentOutOfRangeException(nameof(aspect), aspect, "The aspect is a finite number above 0.");
        return Placed(
            sourceWidth, sourceHeight,
            Math.Max(sourceWidth, Round(sourceHeight * aspect)), Math.Max(sourceHeight, Round(sourceWidth / aspect)), anchor);
    }

    /// <summary>
    /// The way to this canvas in steps, the picture itself first; each dimension takes as few equal steps of at most
    /// 1.5 times as it needs, and then rests.
    /// </summary>
    public IReadOnlyList<CanvasGeometry> Steps()
    {
        var horizontal = new AxisSteps(SourceWidth, Left, Width);
        var vertical = new AxisSteps(SourceHeight, Top, Height);
        var steps = new CanvasGeometry[Math.Max(1, Math.Max(horizontal.Count, vertical.Count))];
        for (int step = 0; step < steps.Length; step++)
        {
            (int sourceWidth, int width, int left) = horizontal[step];
            (int sourceHeight, int height, int top) = vertical[step];
            steps[step] = new CanvasGeometry(sourceWidth, sourceHeight, width, height, left, top);
        }
        return steps;
    }

    /// <summary>Refuses a picture of another size.</summary>
    /// <exception cref="ArgumentException">The canvas is for a picture of another size.</exception>
    internal void RequireFor(int width, int height)
    {
        if ((SourceWidth, SourceHeight) != (width, height))
            throw new ArgumentException($"The canvas is for a picture of {SourceWidth} x {SourceHeight} pixels, not {width} x {height}.");
    }

    private static CanvasGeometry Placed(int sourceWidth, int sourceHeight, long width, long height, Anchor anchor)
    {
        Check(sourceWidth, sourceHeight, width, height);
        int wider = (int)width - sourceWidth, higher = (int)height - sourceHeight;
        int left = anchor switch
        {
            Anchor.Left or Anchor.TopLeft or Anchor.BottomLeft => 0,
            Anchor.Right or Anchor.TopRight or Anchor.BottomRight => wider,
            _ => wider / 2,
        };
        int top = anchor switch
        {
            Anchor.Top or Anchor.TopLeft or Anchor.TopRight => 0,
            Anchor.Bottom or Anchor.BottomLeft or Anchor.BottomRight => higher,
            _ => higher / 2,
        };
        return new CanvasGeometry(sourceWidth, sourceHeight, (int)width, (int)height, left, top);
    }

    private static void Check(int sourceWidth, int sourceHeight, long width, long height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceHeight, 1);
        string picture = $"the picture of {sourceWidth} x {sourceHeight} pixels", canvas = $"a canvas of {width} x {height} pixels";
        if (width < sourceWidth || height < sourceHeight)
            throw new OutpaintException($"{canvas} is smaller than {picture}, which is never cropped; ask for a larger one.");
        if (width == sourceWidth && height == sourceHeight)
            throw new NothingToAddException($"there is nothing to add: {picture} fills the canvas; ask for a larger one.");
        // The pixel more is for sides that are rounded one by one.
        if (width > ((long)MaxFactor * sourceWidth) + 1 || height > ((long)MaxFactor * sourceHeight) + 1)
            throw new OutpaintException($"{canvas} is more than {MaxFactor} times as long or as high as {picture}; ask for a smaller one.");
        if (width > MaxPixels / height) // their product may be more than a long holds
            throw new OutpaintException($"{canvas} is over the limit of {MaxPixels / 1_000_000} megapixels; ask for a smaller one or shrink the picture.");
    }

    private static long Round(double length) => (long)Math.Round(length, MidpointRounding.AwayFromZero);
}
