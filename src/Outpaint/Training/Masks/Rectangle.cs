namespace Outpaint.Training.Masks;

/// <summary>A rectangle of pixels: left and top belong to it, right and bottom do not.</summary>
internal readonly record struct Rectangle(int Left, int Top, int Right, int Bottom);
