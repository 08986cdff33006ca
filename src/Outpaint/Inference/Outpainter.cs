using Outpaint.Imaging;
using Outpaint.Inference.Detail;

namespace Outpaint.Inference;

/// <summary>
/// Extends pictures of any size with a model that works at a small one: the picture is shrunk, the model fills the
/// hole around it, and the fill is enlarged and joined to the picture, whose own pixels never change.
/// </summary>
/// <param name="inpainter">The model; the caller disposes it.</param>
public sealed class Outpainter(IInpainter inpainter)
{
    /// <summary>Extends a photo, keeping its format, bit depth and metadata.</summary>
    /// <param name="photo">The photo; it is left as it was.</param>
    /// <param name="canvas">Where the photo lies on the canvas to fill, for a picture of the photo's size.</param>
    /// <param name="feather">Over how many pixels of its own the photo fades into the fill; see <see cref="Feather"/>.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>The extended photo; at the place of the source it has exactly the source's pixels, but for the feather.</returns>
    /// <exception cref="ArgumentException">The canvas is for a picture of another size, or the feather is negative.</exception>
    /// <exception cref="OutpaintException">The feather is wider than a quarter of the photo.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two steps.</exception>
    public Photo Extend(Photo photo, CanvasGeometry canvas, int feather = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(feather);
        RefuseOther(canvas, photo.Width, photo.Height);
        RgbImage picture = photo.ToDeviceRgb();
        if (feather == 0)
            return photo.Extend(Extend(picture, canvas, cancellation), canvas.Left, canvas.Top);
        CanvasGeometry inner = Feather.Inner(canvas, feather);
        RgbImage extended = Extend(Feather.Crop(picture, canvas, inner), inner, cancellation);
        return photo.Extend(extended, canvas.Left, canvas.Top, Feather.Opacity(canvas, feather));
    }

    /// <summary>Extends a picture to a canvas, in steps of at most 1.5 times its side each.</summary>
    /// <exception cref="ArgumentException">The canvas is for a picture of another size.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two steps.</exception>
    public RgbImage Extend(RgbImage picture, CanvasGeometry canvas, CancellationToken cancellation = default)
    {
        RefuseOther(canvas, picture.Width, picture.Height);
        foreach (CanvasGeometry step in canvas.Steps())
        {
            cancellation.ThrowIfCancellationRequested();
            picture = ExtendOnce(picture, step);
        }
        return picture;
    }

    private static void RefuseOther(CanvasGeometry canvas, int width, int height)
    {
        if ((canvas.SourceWidth, canvas.SourceHeight) != (width, height))
            throw new ArgumentException($"The canvas is for a picture of {canvas.SourceWidth} x {canvas.SourceHeight} pixels, not {width} x {height}.", nameof(canvas));
    }

    private RgbImage ExtendOnce(RgbImage source, CanvasGeometry canvas)
    {
        WorkingCanvas working = WorkingCanvas.For(canvas, inpainter.Stride, inpainter.PreferredSide);
        RgbImage known = source.Resize(working.KnownWidth, working.KnownHeight);
        (RgbImage small, bool[] hole) = working.Place(known);
        RgbImage filled = inpainter.Inpaint(small, hole);
        // The model's own step at the border goes first, at the model's size: enlarged, it would be a broad slope.
        RgbImage even = Join(known, new UpsampledFill(FloatImage.From(filled), working, working.Geometry), working.Geometry, SeamCorrection.GeneratedOctaves);
        IFill fill = DetailedFill.For(source, FloatImage.From(even), working, canvas);
        return Join(source, fill, canvas, fill is DetailedFill ? SeamCorrection.CopiedOctaves : SeamCorrection.GeneratedOctaves);
    }

    // Lays a fill around the picture, row by row.
    private static RgbImage Join(RgbImage picture, IFill fill, CanvasGeometry canvas, double ownOctaves)
    {
        var seam = new SeamCorrection(picture, canvas, fill, ownOctaves);
        var joined = new RgbImage(canvas.Width, canvas.Height);
        Parallel.For(0, canvas.Height, () => new float[canvas.Width * 3], (y, _, buffer) =>
        {
            int row = y - canvas.Top;
            if (row < 0 || row >= picture.Height)
            {
                FillRow(y, 0, canvas.Width, buffer);
                return buffer;
            }
            FillRow(y, 0, canvas.Left, buffer);
            FillRow(y, canvas.Left + picture.Width, canvas.Right, buffer);
            picture.Pixels.AsSpan(row * picture.Width * 3, picture.Width * 3)
                .CopyTo(joined.Pixels.AsSpan(((y * canvas.Width) + canvas.Left) * 3));
            return buffer;
        }, _ => { });
        return joined;

        void FillRow(int y, int from, int count, float[] buffer)
        {
            Span<float> values = buffer.AsSpan(0, count * 3);
            fill.Read(y, from, values);
            seam.AddTo(y, from, values);
            Span<byte> pixels = joined.Pixels.AsSpan(((y * canvas.Width) + from) * 3, values.Length);
            for (int i = 0; i < values.Length; i++)
                pixels[i] = (byte)Math.Clamp(values[i] + 0.5f, 0, 255);
        }
    }
}
