namespace Outpaint.Tracking.Wandb.Online;

/// <summary>An answer that asks for patience: a busy server, or something that is no answer of W&amp;B's at all.</summary>
/// <param name="message">What came back, without a full stop.</param>
/// <param name="retryAfter">How long the server asks to be left alone, if it says so.</param>
internal sealed class TransientException(string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
