namespace Outpaint.Tracking.Wandb.Online;

/// <summary>Tells the user when W&amp;B has been out of reach for a while, and when it is back: two lines, however long it takes.</summary>
/// <param name="tell">Shows a line to the user.</param>
/// <param name="time">The clock.</param>
internal sealed class OutageReport(Action<string> tell, TimeProvider time)
{
    // A busy server or a hiccup of the network is not worth a line.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private DateTimeOffset? since;
    private bool told;

    /// <summary>Why the last try failed, or null if it did not.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>A try failed and will be repeated.</summary>
    /// <param name="reason">Why, without a full stop.</param>
    public void Failed(string reason)
    {
        LastFailure = reason;
        since ??= time.GetUtcNow();
        if (time.GetUtcNow() - since >= Patience)
            Tell();
    }

    /// <summary>A try succeeded.</summary>
    public void Ended()
    {
        (since, LastFailure) = (null, null);
        lock (gate)
        {
            if (told)
                tell("W&B answers again.");
            told = false;
        }
    }

    /// <summary>Tells the user that there is no answer, unless that is known.</summary>
    public void Tell()
    {
        lock (gate)
        {
            if (!told)
                tell($"W&B cannot be reached ({LastFailure ?? "no answer yet"}). Everything is kept on disk and sent when it answers again.");
            told = true;
        }
    }
}
