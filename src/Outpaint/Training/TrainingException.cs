namespace Outpaint.Training;

/// <summary>Training cannot start or go on; the message says what to do.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>Carries a one-line message.</summary>
    public TrainingException(string message) : base(message)
    {
    }

    /// <summary>Carries a one-line message and the cause.</summary>
    public TrainingException(string message, Exception inner) : base(message, inner)
    {
    }
}
