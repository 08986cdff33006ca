namespace Outpaint.Inference;

/// <summary>A picture is as large as the canvas that is asked for already.</summary>
public sealed class NothingToAddException(string message) : OutpaintException(message);
