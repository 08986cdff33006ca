namespace Outpaint.Training;

/// <summary>How a run ended.</summary>
/// <param name="Steps">Steps taken in all.</param>
/// <param name="Images">Images shown in all.</param>
/// <param name="Completed">Whether it reached its end; otherwise it was stopped and can be resumed.</param>
public sealed record TrainingResult(long Steps, long Images, bool Completed);
