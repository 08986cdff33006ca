using Outpaint.Tracking.Wandb.Online.Streaming;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>
/// Sends a run's log in the background. The log on disk is the queue: whoever writes it never waits for the network, an
/// outage takes no memory, and what was not sent is still there afterwards.
/// </summary>
internal sealed class WandbSender : IDisposable
{
    // A wait of this length at the end needs no words.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource abort = new();
    private readonly CancellationTokenSource finishing = new();
    private readonly CancellationTokenSource stop = new();

    // Its continuations run at once: an answer that came in time is never late because threads were busy.
    private readonly TaskCompletionSource<ServerRun> connected = new();
    private readonly WandbServer server;
    private readonly OnlineOptions options;
    private readonly Action<string> tell;
    private readonly OutageReport outage;
    private readonly string log;
    private readonly Task work;
    private LogStreamer? streamer;
    private bool disposed;

    /// <summary>Starts sending.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="log">The <c>.wandb</c> file, which has begun.</param>
    /// <param name="files">The folder of the files that it names.</param>
    /// <param name="options">How patiently.</param>
    /// <param name="tell">Shows a line to the user; called from any thread.</param>
    public WandbSender(WandbServer server, string log, string files, OnlineOptions options, Action<string> tell)
    {
        (this.server, this.log, this.options, this.tell) = (server, log, options, tell);
        outage = new OutageReport(tell, options.Time);
        StopRequested = stop.Token;
        work = Task.Run(() => RunAsync(files));
    }

    /// <summary>Cancelled when the user presses Stop on the run's page.</summary>
    public CancellationToken StopRequested { get; }

    /// <summary>The run, once the server knows it; fails if the server refuses it.</summary>
    public Task<ServerRun> Connected => connected.Task;

    /// <summary>Why there is no answer, or null if there was one last time.</summary>
    public string? LastFailure => outage.LastFailure;

    /// <summary>What to do about a run that was not sent, or not all of it.</summary>
    public string HowToSync => $"send it later with: wandb sync --include-online {Path.GetDirectoryName(log)}";

    /// <summary>Tells the user that there is no answer.</summary>
    public void TellOutage() => outage.Tell();

    /// <summary>Waits, within limits, until a log that is complete is sent.</summary>
    public void Finish()
    {
        finishing.Cancel();
        TimeSpan quiet = options.FinishTimeout < Patience ? options.FinishTimeout : Patience;
        if (IsDoneWithin(quiet))
            return;
        if (!abort.IsCancellationRequested)
            tell($"W&B: sending the rest of the run, for at most {options.FinishTimeout.TotalSeconds:0} seconds.");
        if (IsDoneWithin(options.FinishTimeout - quiet))
            return;
        string sent = streamer?.LastStep is { } step ? $"It has the run up to step {step}" : "It has none of the run's steps";
        string reason = abort.IsCancellationRequested ? "sending was stopped, the rest is kept on disk" : LastFailure ?? "it is slow";
        tell($"W&B has not taken everything ({reason}). {sent}; {HowToSync}");
    }

    /// <summary>Sends no more, so that <see cref="Finish"/> returns at once; what was not sent stays in the log.</summary>
    public void Stop() => abort.Cancel();

    /// <summary>Stops at once; what was not sent stays in the log.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        abort.Cancel();
        Task.WhenAny(work).Wait(); // however it ended
        abort.Dispose();
        finishing.Dispose();
        stop.Dispose();
    }

    private bool IsDoneWithin(TimeSpan time)
    {
        try
        {
            work.WaitAsync(time, options.Time).GetAwaiter().GetResult();
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task RunAsync(string files)
    {
        try
        {
            using var http = new WandbHttp(server, options, outage);
            using LogStreamer opened = streamer = new LogStreamer(log, files, http, options, tell);
            (ServerRun run, long startStep) = await opened.ConnectAsync(abort.Token).ConfigureAwait(false);
            // Keeps the official `wandb sync` from moving this log's steps behind those that are there already.
            await File.WriteAllTextAsync($"{log}.syncstate", $$"""{"starting_step":{{startStep}}}""", abort.Token).ConfigureAwait(false);
            connected.SetResult(run);
            await opened.RunAsync(run, stop, finishing.Token, abort.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            connected.TrySetCanceled(abort.Token);
            throw; // for Finish, which tells a run that is sent from one that is not
        }
        catch (Exception failure) when (!connected.Task.IsCompleted)
        {
            connected.SetException(failure);
        }
        catch (Exception failure)
        {
            // Whatever it is, a run is never lost over its record.
            tell($"W&B: {server.Key.Redact(failure.Message)} Nothing more is sent, training goes on; {HowToSync}");
        }
    }
}
