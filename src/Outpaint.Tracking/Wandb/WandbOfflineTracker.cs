namespace Outpaint.Tracking.Wandb;

/// <summary>Keeps a run for <c>wandb sync</c>; never touches the network.</summary>
/// <param name="options">What it is called.</param>
/// <exception cref="Online.WandbException">The run's id cannot be one.</exception>
/// <exception cref="IOException">The run's folder cannot be made.</exception>
public sealed class WandbOfflineTracker(WandbRunOptions options) : WandbTracker(options, offline: true);
