using Outpaint.Imaging;
using Outpaint.Inference.Detail;

namespace Outpaint.Inference;

/// <summary>
/// The small canvas that the model sees: the picture shrunk to <see cref="KnownWidth"/> x <see cref="KnownHeight"/>
/// at (<see cref="Left"/>, <see cref="Top"/>), all around it at least the hole that the large canvas has.
/// </summary>
internal sealed record WorkingCanvas(int Width, int Height, int KnownWidth, int KnownHeight, int Left, int Top)
{
    // A picture's short side keeps at least this much detail, even if a long strip then exceeds the preferred area.
    private const int ShortestKnownSide = 16;
    private const int LongestSide = 4096;

    // The deepest band, relative to the preferred side: about what training draws where several sides grow. Deeper in, the
    // mirror image that the model starts from shows.
    private const double DeepestBand = 1 / 4.0;

    /// <summary>The same as a canvas around the shrunk picture.</summary>
    public CanvasGeometry Geometry => new(KnownWidth, KnownHeight, Width, Height, Left, Top);

    /// <summary>Where the shrunk picture lies.</summary>
    public KnownArea KnownArea => new(Left, Top, KnownWidth, KnownHeight);

    /// <summary>Where a part of the picture lies: those pixels that show nothing but it.</summary>
    /// <param name="part">The part, in pixels of the picture.</param>
    /// <param name="canvas">The large canvas.</param>
    public KnownArea Shrink(KnownArea part, CanvasGeometry canvas)
    {
        (int left, int width) = Columns(canvas).Within(canvas.Left + part.Left, part.Width);
        (int top, int height) = Rows(canvas).Within(canvas.Top + part.Top, part.Height);
        return new KnownArea(left, top, width, height);
    }

    /// <summary>How its columns correspond to those of the large canvas.</summary>
    public AxisScale Columns(CanvasGeometry canvas) => new(KnownWidth, canvas.SourceWidth, Left, canvas.Left);

    /// <summary>How its rows correspond to those of the large canvas.</summary>
    public AxisScale Rows(CanvasGeometry canvas) => new(KnownHeight, canvas.SourceHeight, Top, canvas.Top);

    /// <summary>
    /// Gives the canvas about preferredSide² pixels, or fewer if a band would get too deep (never enlarging the picture),
    /// in whole strides.
    /// </summary>
    public static WorkingCanvas For(CanvasGeometry canvas, int stride, int preferredSide)
    {
        double scale = preferredSide / Math.Sqrt((double)canvas.Width * canvas.Height);
        int deepest = Math.Max(Math.Max(canvas.Left, canvas.Right), Math.Max(canvas.Top, canvas.Bottom));
        scale = Math.Min(scale, preferredSide * DeepestBand / deepest);
        scale = Math.Max(scale, ShortestKnownSide / (double)Math.Min(canvas.SourceWidth, canvas.SourceHeight));
        scale = Math.Min(scale, LongestSide / (double)Math.Max(canvas.Width, canvas.Height));
        scale = Math.Min(scale, 1);
        (int width, int knownWidth, int left) = Fit(canvas.SourceWidth, canvas.Left, canvas.Right, scale, stride);
        (int height, int knownHeight, int top) = Fit(canvas.SourceHeight, canvas.Top, canvas.Bottom, scale, stride);
        return new WorkingCanvas(width, height, knownWidth, knownHeight, left, top);
    }

    /// <summary>Puts the shrunk picture in its place; true marks the hole.</summary>
    public (RgbImage Canvas, bool[] Hole) Place(RgbImage known)
    {
        var canvas = new RgbImage(Width, Height);
        var hole = new bool[Width * Height];
        canvas.Paste(known, Left, Top);
        Array.Fill(hole, true);
        for (int row = 0; row < KnownHeight; row++)
            hole.AsSpan(((Top + row) * Width) + Left, KnownWidth).Clear();
        return (canvas, hole);
    }

    private static (int Side, int Known, int Before) Fit(int source, int before, int after, double scale, int stride)
    {
        int known = Math.Max(1, (int)Math.Round(source * scale));
        // Where nothing is added, the picture itself takes up whole strides: the model would see padding as a hole.
        bool grows = before + after > 0;
        if (!grows && source >= stride)
            known = Math.Min(Math.Max(1, (known + (stride / 2)) / stride), source / stride) * stride;
        // Shrunk by exactly what the picture was shrunk by, so that both meet at a whole pixel of the small canvas.
        double exact = known / (double)source;
        int smallBefore = (int)Math.Ceiling(before * exact), smallAfter = (int)Math.Ceiling(after * exact);
        int least = smallBefore + known + smallAfter;
        int side = (least + stride - 1) / stride * stride;
        // Elsewhere more hole fills up the strides, at the ends that have one, so that the picture is not distorted.
        int paddingBefore = (before, after) switch
        {
            (0, > 0) => 0,
            ( > 0, 0) => side - least,
            _ => (side - least) / 2,
        };
        return (side, known, smallBefore + paddingBefore);
    }
}
