using Outpaint.Tracking.Wandb.Online.Uploads;
using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb.Online.Streaming;

/// <summary>Goes through a run's log while it grows and brings it to the server, batch by batch, until the run's end.</summary>
internal sealed class LogStreamer : IDisposable
{
    // The server's limit is two requests a second.
    private static readonly TimeSpan BacklogInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(30);

    private readonly TransactionLogReader log;
    private readonly RunReplay replay;
    private readonly BatchReader batches;
    private readonly ClosingFiles closing;
    private readonly WandbApi api;
    private readonly FileStreamClient stream;
    private readonly UploadQueue uploads;
    private readonly OnlineOptions options;
    private readonly Action<string> tell;
    private FileStreamBatch batch = new();
    private DateTimeOffset lastSent;

    /// <summary>Opens a log.</summary>
    /// <param name="log">The <c>.wandb</c> file.</param>
    /// <param name="files">The folder of the files that it names.</param>
    /// <param name="http">Carries the requests.</param>
    /// <param name="options">How patiently.</param>
    /// <param name="tell">Shows a line to the user.</param>
    public LogStreamer(string log, string files, WandbHttp http, OnlineOptions options, Action<string> tell)
    {
        (this.options, this.tell) = (options, tell);
        this.log = new TransactionLogReader(log);
        closing = new ClosingFiles(files);
        replay = new RunReplay(closing.AddConsoleLine, tell);
        batches = new BatchReader(this.log, replay);
        api = new WandbApi(http);
        stream = new FileStreamClient(http);
        uploads = new UploadQueue(new FileUploader(api, http, files, tell), options.Time);
    }

    /// <summary>The last step that was handed over, or null.</summary>
    public long? LastStep { get; private set; }

    /// <summary>Announces the run to the server, or finds it there.</summary>
    /// <returns>The run as the server knows it, and the first step that it does not have yet.</returns>
    /// <exception cref="WandbException">The server refuses it, or it is there and should not be, or is not and should.</exception>
    public async Task<(ServerRun Run, long StartStep)> ConnectAsync(CancellationToken cancellation)
    {
        batches.ReadBeginning(batch);
        RunRecord run = replay.Run ?? throw new InvalidDataException("the log does not start with a run.");
        var announcement = new RunAnnouncement(api, run);
        ResumePoint? point = await announcement.FindResumePointAsync(options.Resume, cancellation).ConfigureAwait(false);
        if (point is not null)
            replay.Resume(point);
        ServerRun known = await announcement.SendAsync(point, replay.Config, cancellation).ConfigureAwait(false);
        replay.Config.Changed = false;
        stream.Start(known, point?.Lines ?? (known.HistoryLines, 0, 0));
        return (known, point?.StartStep ?? 0);
    }

    /// <summary>Sends what the log holds and will hold, up to the run's end.</summary>
    /// <param name="run">The run as the server knows it.</param>
    /// <param name="stop">Cancelled when the user presses Stop on the run's page.</param>
    /// <param name="finishing">Cancelled when the log is complete; from then on there are no pauses.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WandbException">The server refuses a batch, and no later one can be sent.</exception>
    public async Task RunAsync(ServerRun run, CancellationTokenSource stop, CancellationToken finishing, CancellationToken cancellation)
    {
        while (true)
        {
            bool complete = finishing.IsCancellationRequested;
            bool more = batches.Fill(batch);
            await SendAsync(run, stop, cancellation).ConfigureAwait(false);
            if (!more && (complete || replay.Exit is not null))
                return;
            await PauseAsync(more ? BacklogInterval : options.BatchInterval, finishing, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the log.</summary>
    public void Dispose()
    {
        log.Dispose();
        closing.Dispose();
    }

    private async Task SendAsync(ServerRun run, CancellationTokenSource stop, CancellationToken cancellation)
    {
        if (replay.Config.Changed)
            await UpdateConfigAsync(run, cancellation).ConfigureAwait(false);
        uploads.Add(replay.TakeFiles());
        batch.AddUploaded(uploads.Advance(run, cancellation));
        if (replay.SummaryChanged)
            (batch.Summary, replay.SummaryChanged) = (replay.Summary, false);
        if (replay.Exit is { } exit)
        {
            // The run ends when everything is there; its last lines do not wait for what may never be.
            if (uploads.IsFailing)
                await SendBatchAsync(stop, cancellation).ConfigureAwait(false);
            uploads.Add(closing.Write(replay));
            batch.AddUploaded(await uploads.FinishAsync(run, cancellation).ConfigureAwait(false));
            batch.ExitCode = exit.ExitCode;
        }

        if (!batch.IsEmpty || options.Time.GetUtcNow() - lastSent >= HeartbeatInterval)
            await SendBatchAsync(stop, cancellation).ConfigureAwait(false);
    }

    private async Task SendBatchAsync(CancellationTokenSource stop, CancellationToken cancellation)
    {
        bool stopped = await stream.SendAsync(batch, cancellation).ConfigureAwait(false);
        (batch, lastSent, LastStep) = (new FileStreamBatch(), options.Time.GetUtcNow(), replay.LastStep);
        if (!stopped || stop.IsCancellationRequested)
            return;
        tell("W&B: Stop was pressed on the run's page.");
        await stop.CancelAsync().ConfigureAwait(false);
    }

    // A run without its latest configuration is better than none.
    private async Task UpdateConfigAsync(ServerRun run, CancellationToken cancellation)
    {
        replay.Config.Changed = false;
        try
        {
            var update = new RunUpsert(run.Run, run.Project, run.Entity) { Config = replay.Config.ToString() };
            await api.UpsertAsync(update, cancellation).ConfigureAwait(false);
        }
        catch (WandbException refusal)
        {
            tell($"W&B does not take the run's configuration: {refusal.Message}");
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken finishing, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(finishing, cancellation);
        try
        {
            await Task.Delay(pause, options.Time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }
}
