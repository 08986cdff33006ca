namespace Outpaint.Tracking.Wandb.Online.Streaming;

/// <summary>The files of a run that grow line by line.</summary>
internal enum StreamedFile
{
    /// <summary>Logged values, a JSON object per step.</summary>
    History,

    /// <summary>System metrics, a JSON object per measurement.</summary>
    Events,

    /// <summary>Console output.</summary>
    Output,
}
