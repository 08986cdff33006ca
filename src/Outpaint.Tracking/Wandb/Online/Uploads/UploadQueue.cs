namespace Outpaint.Tracking.Wandb.Online.Uploads;

/// <summary>
/// Uploads a run's files beside the stream of its lines, which do not wait for them: the storage behind W&amp;B may be out of
/// reach where its server is not.
/// </summary>
/// <param name="uploader">Uploads some of them.</param>
/// <param name="time">The clock of the waits.</param>
internal sealed class UploadQueue(FileUploader uploader, TimeProvider time)
{
    // So many are announced to the server at once, at most.
    private const int MostFiles = 100;

    private static readonly Task<UploadOutcome> Nothing = Task.FromResult(new UploadOutcome([], [], Failure: null));

    private readonly List<string> waiting = [];
    private Task<UploadOutcome> current = Nothing;
    private DateTimeOffset nextTry;
    private int failures;

    /// <summary>Whether files did not get through the last time, and will be tried again.</summary>
    public bool IsFailing => failures > 0;

    /// <summary>Lets files wait for their turn.</summary>
    /// <param name="files">Paths below the run's files folder, with slashes.</param>
    public void Add(IEnumerable<string> files) => waiting.AddRange(files);

    /// <summary>Begins with those that wait, unless others are on their way or it is too early after a failure.</summary>
    /// <param name="run">The run they belong to.</param>
    /// <param name="cancellation">Gives up, later on too.</param>
    /// <returns>The files that are there since the last call.</returns>
    public IReadOnlyList<string> Advance(ServerRun run, CancellationToken cancellation)
    {
        if (!current.IsCompleted)
            return [];
        IReadOnlyList<string> uploaded = TakeOutcome();
        if (time.GetUtcNow() >= nextTry)
            Begin(run, cancellation);
        return uploaded;
    }

    /// <summary>Uploads all that are left.</summary>
    /// <inheritdoc cref="Advance"/>
    public async Task<IReadOnlyList<string>> FinishAsync(ServerRun run, CancellationToken cancellation)
    {
        var uploaded = new List<string>();
        while (true)
        {
            await current.ConfigureAwait(false);
            uploaded.AddRange(TakeOutcome());
            if (waiting.Count == 0)
                return uploaded;
            if (nextTry - time.GetUtcNow() is { Ticks: > 0 } early)
                await Task.Delay(early, time, cancellation).ConfigureAwait(false);
            Begin(run, cancellation);
        }
    }

    private void Begin(ServerRun run, CancellationToken cancellation)
    {
        string[] next = [.. waiting.Take(MostFiles)];
        waiting.RemoveRange(0, next.Length);
        if (next.Length > 0)
            current = uploader.UploadAsync(run, next, cancellation);
    }

    // Only here, and never on the task of an upload, is anything tried again: who sends the lines is the only one to wait.
    private IReadOnlyList<string> TakeOutcome()
    {
        (IReadOnlyList<string> uploaded, IReadOnlyList<string> delayed, Exception? failure) = current.GetAwaiter().GetResult();
        current = Nothing;
        waiting.AddRange(delayed);
        if (uploaded.Count > 0)
            failures = 0;
        if (failure is null)
            return uploaded;
        nextTry = time.GetUtcNow() + RetryPolicy.Wait(failures, failure);
        if (++failures == RetryPolicy.UploadTries)
        {
            uploader.TellLeftOut(waiting, failure.Message);
            waiting.Clear();
            failures = 0;
        }
        return uploaded;
    }
}
