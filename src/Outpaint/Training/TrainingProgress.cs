using System.Collections.ObjectModel;

namespace Outpaint.Training;

/// <summary>Where a run stands.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="TotalSteps">Steps planned.</param>
/// <param name="Images">Images shown.</param>
/// <param name="ImagesPerSecond">Speed since the report before.</param>
/// <param name="WaitingShare">Share of the time spent waiting for data, 0 to 1.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="Losses">The last step's losses by name.</param>
public sealed record TrainingProgress(
    long Step, long TotalSteps, long Images, double ImagesPerSecond, double WaitingShare, double LearningRate,
    IReadOnlyDictionary<string, double> Losses)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1_000_000);

    /// <summary>What <see cref="Validation"/> is in most reports.</summary>
    internal static IReadOnlyDictionary<string, double> NotValidated { get; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The averaged generator's figures on the validation photos by name; empty where it was not validated.</summary>
    public IReadOnlyDictionary<string, double> Validation { get; init; } = NotValidated;

    /// <summary>The numbers to record, by name.</summary>
    internal Dictionary<string, double> ToScalars() => new(
    [
        new("images", Images), new("images_per_second", ImagesPerSecond), new("learning_rate", LearningRate), .. Losses, .. Validation,
    ]);

    /// <summary>Time until the last step at the current speed; a million days where it is longer, as for a run without an end.</summary>
    public TimeSpan Remaining => ImagesPerSecond <= 0 || Step == 0
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min((TotalSteps - Step) * (Images / (double)Step) / ImagesPerSecond, Longest.TotalSeconds));
}
