using Outpaint.Imaging;

namespace Outpaint.Inference.Seam;

/// <summary>A side of a picture, by indices into <see cref="RgbImage.Pixels"/>.</summary>
/// <param name="First">Of the first pixel of the outermost line.</param>
/// <param name="Along">From a pixel to the next of its line.</param>
/// <param name="Inwards">From a line to the next, away from the border.</param>
/// <param name="Length">How many pixels a line has.</param>
internal readonly record struct PictureSide(int First, int Along, int Inwards, int Length)
{
    public static PictureSide Left(RgbImage picture) => new(0, picture.Width * 3, 3, picture.Height);

    public static PictureSide Right(RgbImage picture) => new((picture.Width - 1) * 3, picture.Width * 3, -3, picture.Height);

    public static PictureSide Top(RgbImage picture) => new(0, 3, picture.Width * 3, picture.Width);

    public static PictureSide Bottom(RgbImage picture) => new((picture.Height - 1) * picture.Width * 3, 3, -picture.Width * 3, picture.Width);

    /// <summary>What is measured of each of the sides that grow; the default value for the others.</summary>
    /// <typeparam name="T">What is measured.</typeparam>
    /// <param name="picture">The picture.</param>
    /// <param name="canvas">Where it lies.</param>
    /// <param name="measure">Measures one side.</param>
    public static (T Left, T Top, T Right, T Bottom) OfGrowing<T>(RgbImage picture, CanvasGeometry canvas, Func<PictureSide, T> measure)
        where T : struct => (
        canvas.Left > 0 ? measure(Left(picture)) : default,
        canvas.Top > 0 ? measure(Top(picture)) : default,
        canvas.Right > 0 ? measure(Right(picture)) : default,
        canvas.Bottom > 0 ? measure(Bottom(picture)) : default);
}
