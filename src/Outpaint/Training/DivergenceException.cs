namespace Outpaint.Training;

/// <summary>Training has left the region it can come back from by itself; the message says what was seen.</summary>
internal sealed class DivergenceException(string reason) : Exception(reason);
