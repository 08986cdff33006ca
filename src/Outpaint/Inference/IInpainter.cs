using Outpaint.Imaging;

namespace Outpaint.Inference;

/// <summary>
/// Fills the holes of a small picture. This is all that outpainting knows about a generator, so that any engine can
/// stand behind it.
/// </summary>
public interface IInpainter : IDisposable
{
    /// <summary>Both sides of a canvas must be multiples of this many pixels.</summary>
    int Stride { get; }

    /// <summary>The side, in pixels, of the square canvas that the model does best; others are given about that area.</summary>
    int PreferredSide { get; }

    /// <summary>Fills the holes of one canvas.</summary>
    /// <param name="canvas">The picture; what its holes contain is of no meaning. It is left as it was.</param>
    /// <param name="hole">Width * height flags, row by row from the top: true where a pixel is to be made.</param>
    /// <returns>The canvas with its holes filled and its known pixels unchanged.</returns>
    RgbImage Inpaint(RgbImage canvas, ReadOnlySpan<bool> hole);

    /// <summary>Whether <see cref="Refine"/> can be called.</summary>
    bool CanRefine => false;

    /// <summary>Sharpens the holes of one canvas.</summary>
    /// <param name="canvas">The picture, with a fill in its holes that was made at a lower resolution and enlarged. It is left as it was.</param>
    /// <param name="hole">As for <see cref="Inpaint"/>.</param>
    /// <returns>The canvas with detail in its holes and its known pixels unchanged.</returns>
    RgbImage Refine(RgbImage canvas, ReadOnlySpan<bool> hole) =>
        throw new NotSupportedException($"{GetType().Name} cannot refine; look at {nameof(CanRefine)} first.");
}
