namespace Outpaint.Tracking.Wandb.Online;

/// <summary>What a run that is on the server already means: <c>WANDB_RESUME</c>.</summary>
public enum ResumeMode
{
    /// <summary>The run is not looked for.</summary>
    None,

    /// <summary>Go on with it if it is there.</summary>
    Allow,

    /// <summary>Go on with it; that it is not there is an error.</summary>
    Must,

    /// <summary>That it is there is an error.</summary>
    Never,
}
