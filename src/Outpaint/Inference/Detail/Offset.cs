namespace Outpaint.Inference.Detail;

/// <summary>From a pixel of the fill to the place in the picture that looks like it.</summary>
internal readonly record struct Offset(short X, short Y);
