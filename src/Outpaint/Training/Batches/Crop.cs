namespace Outpaint.Training.Batches;

/// <summary>A square cut out of a photo.</summary>
/// <param name="Photo">The photo's number in the data set.</param>
/// <param name="Left">The square's first column.</param>
/// <param name="Top">The square's first row.</param>
/// <param name="Side">Its side in pixels of the photo.</param>
internal readonly record struct Crop(int Photo, int Left, int Top, int Side);
