namespace Outpaint.Tracking.Wandb.Online;

/// <summary>
/// Sends a run to a W&amp;B server while it goes on. Everything is kept on disk first, as <see cref="WandbOfflineTracker"/>
/// keeps it, and sent from there in the background.
/// </summary>
public sealed class WandbOnlineTracker : WandbTracker
{
    private readonly WandbSender sender;

    private WandbOnlineTracker(WandbRunOptions run, WandbServer server, OnlineOptions options, Action<string> tell)
        : base(run, offline: false)
    {
        sender = new WandbSender(server, LogPath, FilesPath, options, tell);
    }

    /// <summary>Cancelled when the user presses Stop on the run's page: a request to end the run properly.</summary>
    public CancellationToken StopRequested => sender.StopRequested;

    /// <summary>Starts a run and waits a little for the server. A server that does not answer is waited for in the background.</summary>
    /// <param name="run">What the run is called.</param>
    /// <param name="server">Where to send it.</param>
    /// <param name="options">How patiently.</param>
    /// <param name="tell">Shows a line to the user: the run's page, what goes wrong, what to do about it. Called from any thread.</param>
    /// <exception cref="WandbException">The id cannot be one; the server refuses the key or the run; or an answer is needed to go on, and there is none.</exception>
    /// <exception cref="IOException">The run's folder cannot be made.</exception>
    public static WandbOnlineTracker Start(WandbRunOptions run, WandbServer server, OnlineOptions options, Action<string> tell)
    {
        if (server.SendsKeyInClear)
            tell($"W&B: {server.BaseUrl} is not encrypted; the API key can be read on the way.");
        var tracker = new WandbOnlineTracker(run, server, options, tell);
        try
        {
            tracker.Connect(server, options, tell);
            return tracker;
        }
        catch
        {
            // Nothing has happened yet that would be worth a folder.
            tracker.Dispose();
            Directory.Delete(tracker.Folder, recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Waits for what is still to be sent, but not longer than <see cref="OnlineOptions.FinishTimeout"/>.</remarks>
    public override void Finish(int exitCode)
    {
        base.Finish(exitCode);
        sender.Finish();
    }

    /// <summary>Sends no more, for a user who does not want to wait for <see cref="Finish"/>: it says what to do about the rest. From any thread.</summary>
    public void StopSending() => sender.Stop();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        sender.Dispose();
        base.Dispose(disposing);
    }

    private void Connect(WandbServer server, OnlineOptions options, Action<string> tell)
    {
        Task announced = AnnounceAsync();
        try
        {
            announced.WaitAsync(options.ConnectTimeout, options.Time).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            if (options.Resume == ResumeMode.Must)
                throw new WandbException($"{server.BaseUrl} cannot be reached ({sender.LastFailure ?? "no answer"}), so run {RunId} cannot be resumed; try later, or use --wandb_resume allow (WANDB_RESUME=allow).");
            sender.TellOutage();
            // From here on, a refusal is news, not an error.
            _ = announced.ContinueWith(
                refused => tell($"W&B: {refused.Exception!.InnerException!.Message} Training goes on; {sender.HowToSync}"),
                CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        async Task AnnounceAsync()
        {
            ServerRun known = await sender.Connected.ConfigureAwait(false);
            tell($"W&B: {known.DisplayName}, {server.RunPage(known.Entity, known.Project, known.Run).AbsoluteUri}");
        }
    }
}
