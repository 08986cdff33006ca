namespace Outpaint.Tracking.Wandb.Online;

/// <summary>
/// Uploads a run's files beside the stream of its lines, which do not wait for them: the storage behind W&amp;B may be out of
/// reach where its server is not.
/// </summary>
/// <param name="uploader">Uploads some of them.</param>
internal sealed class UploadQueue(FileUploader uploader)
{
    // So many are announced to the server at once, at most.
    private const int MostFiles = 100;

    private readonly List<string> waiting = [];
    private Task<IReadOnlyList<string>> current = Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Lets files wait for their turn.</summary>
    /// <param name="files">Paths below the run's files folder, with slashes.</param>
    public void Add(IEnumerable<string> files) => waiting.AddRange(files);

    /// <summary>Begins with those that wait, unless others are on their way.</summary>
    /// <param name="run">The run they belong to.</param>
    /// <param name="cancellation">Gives up, later on too.</param>
    /// <returns>The files that are there since the last call.</returns>
    public IReadOnlyList<string> Advance(ServerRun run, CancellationToken cancellation)
    {
        if (!current.IsCompleted)
            return [];
        IReadOnlyList<string> uploaded = current.GetAwaiter().GetResult();
        string[] next = [.. waiting.Take(MostFiles)];
        waiting.RemoveRange(0, next.Length);
        current = uploader.UploadAsync(run, next, cancellation);
        return uploaded;
    }

    /// <summary>Uploads all that are left.</summary>
    /// <inheritdoc cref="Advance"/>
    public async Task<IReadOnlyList<string>> FinishAsync(ServerRun run, CancellationToken cancellation)
    {
        List<string> uploaded = [.. await current.ConfigureAwait(false)];
        while (waiting.Count > 0)
        {
            Advance(run, cancellation);
            uploaded.AddRange(await current.ConfigureAwait(false));
        }
        return uploaded;
    }
}
