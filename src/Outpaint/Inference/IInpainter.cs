using Outpaint.Imaging;

namespace Outpaint.Inference;

/// <summary>
/// Fills the hole around a small picture. This is all that outpainting knows about a generator, so that any engine can
/// stand behind it.
/// </summary>
public interface IInpainter : IDisposable
{
    /// <summary>Both sides of a canvas must be multiples of this many pixels.</summary>
    int Stride { get; }

    /// <summary>The side, in pixels, of the square canvas that the model does best; others are given about that area.</summary>
    int PreferredSide { get; }

    /// <summary>Fills the hole of one canvas; several threads may do so at once.</summary>
    /// <param name="canvas">The picture; what its hole contains is of no meaning. It is left as it was.</param>
    /// <param name="hole">
    /// Width * height flags, row by row from the top: true where a pixel is to be made. What is known is one rectangle.
    /// </param>
    /// <param name="seed">Another number, another fill, for a model that can; the same number, the same fill.</param>
    /// <param name="cancellation">To be looked at now and then by a model that takes long.</param>
    /// <returns>The canvas with its hole filled and its known pixels unchanged.</returns>
    /// <exception cref="ArgumentException">A side is no multiple of <see cref="Stride"/>, there is not a flag for each pixel, or nothing is known.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    RgbImage Inpaint(RgbImage canvas, ReadOnlySpan<bool> hole, int seed = 0, CancellationToken cancellation = default);
}
