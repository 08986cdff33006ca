namespace Outpaint.Training.Masks;

/// <summary>Widths of the hole on each side of the known rectangle, in pixels of the canvas.</summary>
internal readonly record struct Margins(int Left, int Top, int Right, int Bottom);
