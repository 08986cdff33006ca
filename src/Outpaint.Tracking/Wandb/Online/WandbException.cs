namespace Outpaint.Tracking.Wandb.Online;

/// <summary>W&amp;B refuses what was asked, for good. The message is one line for a person: why, and what to do.</summary>
public sealed class WandbException(string message) : Exception(message);
