namespace Outpaint.Data;

/// <summary>Training data could not be read. The message is one line for a person and says what to do.</summary>
public sealed class DataException(string message) : Exception(message);
