namespace Outpaint.Inference;

/// <summary>A picture has the size or the shape that is asked for already.</summary>
public sealed class NothingToAddException(string message) : OutpaintException(message);
