namespace Outpaint.Inference;

/// <summary>A picture cannot be extended as asked. The message is one line for a person: why, and what to do.</summary>
public class OutpaintException(string message) : Exception(message);
