namespace Outpaint.Tracking.Wandb;

/// <summary>Where a run goes: <c>WANDB_MODE</c>.</summary>
public enum WandbMode
{
    /// <summary>To the server if there is an API key for it, else to the disk.</summary>
    Auto,

    /// <summary>To the server, while it goes on.</summary>
    Online,

    /// <summary>To the disk, for <c>wandb sync</c>.</summary>
    Offline,

    /// <summary>Nowhere.</summary>
    Disabled,
}
