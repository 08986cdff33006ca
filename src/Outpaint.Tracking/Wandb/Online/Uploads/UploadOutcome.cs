namespace Outpaint.Tracking.Wandb.Online.Uploads;

/// <summary>How one try to upload some files went.</summary>
/// <param name="Uploaded">Those that are there now.</param>
/// <param name="Delayed">Those to try again later, beginning with the ones that have not been tried yet.</param>
/// <param name="Failure">Why there are any of them, or null.</param>
internal sealed record UploadOutcome(IReadOnlyList<string> Uploaded, IReadOnlyList<string> Delayed, Exception? Failure);
