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
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>The extended photo; at the place of the source it has exactly the source's pixels.</returns>
    /// <exception cref="ArgumentException">The canvas is for a picture of another size.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two steps.</exception>
    public Photo Extend(Photo photo, CanvasGeometry canvas, CancellationToken cancellation = default)
    {
        RgbImage extended = Extend(photo.ToDeviceRgb(), canvas, cancellation);
        return photo.Extend(extended, canvas.Left, canvas.Top);
    }

    /// <summary>Extends a picture to a canvas, in steps of at most 1.5 times its side each.</summary>
    /// <inheritdoc cref="Extend(Photo, CanvasGeometry, CancellationToken)" path="/exception"/>
    public RgbImage Extend(RgbImage picture, CanvasGeometry canvas, CancellationToken cancellation = default)
    {
        if ((canvas.SourceWidth, canvas.SourceHeight) != (picture.Width, picture.Height))
            throw new ArgumentException($"The canvas is for a picture of {canvas.SourceWidth} x {canvas.SourceHeight} pixels, not {picture.Width} x {picture.Height}.", nameof(canvas));
        foreach (CanvasGeometry step in canvas.Steps())
        {
            cancellation.ThrowIfCancellationRequested();
            picture = ExtendOnce(picture, step);
        }
        return picture;
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
