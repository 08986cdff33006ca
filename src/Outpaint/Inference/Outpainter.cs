using Outpaint.Imaging;
using Outpaint.Inference.Detail;
using Outpaint.Inference.Seam;
using Outpaint.Inference.Straight;

namespace Outpaint.Inference;

/// <summary>
/// Extends pictures of any size with a model that works at a small one: the picture is shrunk, the model fills the
/// hole around it, and the fill is enlarged and joined to the picture, whose own pixels never change.
/// </summary>
/// <param name="inpainter">The model; the caller disposes it.</param>
public sealed class Outpainter(IInpainter inpainter)
{
    // What the model takes of the time of a large picture; the rest grows with its size.
    private const double ModelShare = 0.2;

    /// <summary>Extends a photo, keeping its format, bit depth and metadata.</summary>
    /// <param name="photo">The photo; it is left as it was.</param>
    /// <param name="canvas">Where the photo lies on the canvas to fill, for a picture of the photo's size.</param>
    /// <param name="feather">Over how many pixels of its own the photo fades into the fill; see <see cref="Feather"/>.</param>
    /// <param name="seed">Another number, another fill; see <see cref="IInpainter.Inpaint"/>.</param>
    /// <param name="progress">Told the share that is done, 0 to 1, now and then, from any thread. What it throws ends the work.</param>
    /// <param name="cancellation">Looked at between rows, and handed to the model.</param>
    /// <returns>The extended photo; at the place of the source it has exactly the source's pixels, but for the feather.</returns>
    /// <exception cref="ArgumentException">The canvas is for a picture of another size, or the feather is negative.</exception>
    /// <exception cref="OutpaintException">The feather is wider than a quarter of the photo.</exception>
    /// <exception cref="PictureException">The photo's colours cannot be extended; see <see cref="Photo.Extend"/>.</exception>
    /// <exception cref="InvalidOperationException">The model returned a picture of another size.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public Photo Extend(
        Photo photo, CanvasGeometry canvas, int feather = 0, int seed = 0, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(feather);
        canvas.RequireFor(photo.Width, photo.Height);
        RgbImage picture = photo.ToDeviceRgb();
        if (feather == 0)
            return photo.Extend(Extend(picture, canvas, seed, progress, cancellation), canvas.Left, canvas.Top);
        CanvasGeometry inner = Feather.Inner(canvas, feather);
        RgbImage extended = Extend(Feather.Crop(picture, canvas, inner), inner, seed, progress, cancellation);
        return photo.Extend(extended, canvas.Left, canvas.Top, Feather.Opacity(picture, canvas, feather));
    }

    /// <summary>Extends a picture to a canvas, in steps of at most 1.5 times its side each.</summary>
    /// <param name="picture">The picture; it is left as it was.</param>
    /// <param name="canvas">Where it lies on the canvas to fill, for a picture of its size.</param>
    /// <param name="seed">Another number, another fill; see <see cref="IInpainter.Inpaint"/>.</param>
    /// <param name="progress">Told the share that is done, 0 to 1, now and then, from any thread. What it throws ends the work.</param>
    /// <param name="cancellation">Looked at between rows, and handed to the model.</param>
    /// <returns>The whole canvas; at the place of the picture it has exactly the picture's pixels.</returns>
    /// <exception cref="ArgumentException">The canvas is for a picture of another size.</exception>
    /// <exception cref="InvalidOperationException">The model returned a picture of another size.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public RgbImage Extend(
        RgbImage picture, CanvasGeometry canvas, int seed = 0, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        canvas.RequireFor(picture.Width, picture.Height);
        IReadOnlyList<CanvasGeometry> steps = canvas.Steps();
        var original = new KnownArea(0, 0, picture.Width, picture.Height);
        RgbImage extended = picture;
        for (int step = 0; step < steps.Count; step++)
        {
            int done = step;
            // Without lines along its sides, from which the next step would copy, as they would lie in its midst.
            RgbImage scene = EdgeLines.Without(extended, steps[step]);
            extended = ExtendOnce(scene, original, steps[step], seed, share => progress?.Report((done + share) / steps.Count), cancellation);
            original = original with { Left = original.Left + steps[step].Left, Top = original.Top + steps[step].Top };
        }
        extended.Paste(picture, canvas.Left, canvas.Top);
        return extended;
    }

    private RgbImage ExtendOnce(
        RgbImage scene, KnownArea original, CanvasGeometry canvas, int seed, Action<double> report, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        WorkingCanvas working = WorkingCanvas.For(canvas, inpainter.Stride, inpainter.PreferredSide);
        RgbImage known = scene.Resize(working.KnownWidth, working.KnownHeight);
        (RgbImage small, bool[] hole) = working.Place(known);
        KnownArea originalArea = working.Shrink(original, canvas);
        RgbImage answer = inpainter.Inpaint(small, hole, seed, cancellation);
        if ((answer.Width, answer.Height) != (small.Width, small.Height))
            throw new InvalidOperationException($"The inpainter was given {small.Width} x {small.Height} pixels and returned {answer.Width} x {answer.Height}.");
        FloatImage filled = FloatImage.From(answer);
        filled = PlainBorder.Apply(filled, working.KnownArea);
        filled = ColourAnchor.Apply(filled, working.KnownArea, originalArea);
        filled = ContrastAnchor.Apply(filled, working.KnownArea, originalArea);
        filled = StraightContinuation.Apply(filled, working.KnownArea);
        report(ModelShare);
        // The model's own step at the border goes first, at the model's size: enlarged, it would be a broad slope.
        var generated = new UpsampledFill(filled, working, working.Geometry);
        var smallSeam = new SeamCorrection(known, working.Geometry, generated, SeamDetail.Generated);
        RgbImage even = new FillJoin(known, generated, working.Geometry, smallSeam).Run(_ => { }, cancellation);
        filled = PictureColours.Apply(FloatImage.From(even), working.KnownArea, originalArea);
        IFill fill = DetailedFill.For(scene, originalArea, filled, working, canvas);
        var seam = new SeamCorrection(scene, canvas, fill, fill is DetailedFill ? SeamDetail.Copied : SeamDetail.Generated);
        return new FillJoin(scene, fill, canvas, seam).Run(share => report(ModelShare + ((1 - ModelShare) * share)), cancellation);
    }
}
