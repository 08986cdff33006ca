namespace Outpaint.Tracking.Wandb.Online.Uploads;

/// <summary>Where the storage takes a run's files.</summary>
/// <param name="Headers">Headers to send with every file: "name: value".</param>
/// <param name="Urls">The signed address of each file, by its path in the run.</param>
internal sealed record UploadTargets(IReadOnlyList<string> Headers, IReadOnlyDictionary<string, string> Urls);
