namespace Outpaint.Metrics.Fid;

/// <summary>The Fréchet inception distance of a set of outputs; lower is better, and it grows as sets shrink.</summary>
/// <param name="Distance">To the originals of the same photos: 0 for the originals themselves.</param>
/// <param name="Halves">
/// Outputs for every other photo against the originals of the rest, and the other way round, averaged: the originals'
/// own value is the floor, what real photos of other scenes have. Null for fewer than four photos.
/// </param>
public sealed record FidScore(double Distance, double? Halves);
