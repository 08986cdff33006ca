namespace Outpaint.Training.Runs;

/// <summary>Where a checkpoint was written.</summary>
/// <param name="Steps">Steps taken.</param>
/// <param name="Images">Images shown.</param>
/// <param name="Setbacks">How often the run diverged and was taken back.</param>
/// <param name="LearningRate">The option's value then.</param>
internal sealed record RunPosition(long Steps, long Images, int Setbacks, double LearningRate);
