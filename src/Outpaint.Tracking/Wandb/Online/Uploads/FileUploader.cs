namespace Outpaint.Tracking.Wandb.Online.Uploads;

/// <summary>Uploads a run's files: asks for signed addresses, then puts the bytes there.</summary>
/// <param name="api">Hands the addresses out.</param>
/// <param name="http">Carries the bytes.</param>
/// <param name="folder">The run's files folder.</param>
/// <param name="tell">Shows a line to the user.</param>
internal sealed class FileUploader(WandbApi api, WandbHttp http, string folder, Action<string> tell)
{
    // An address expires, and an outage may outlast it; then a new one helps.
    private const int Rounds = 3;

    /// <summary>Uploads files; one that is missing or refused is left out, with a line to the user.</summary>
    /// <param name="run">The run they belong to.</param>
    /// <param name="files">Paths below the folder, with slashes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How it went. What may pass ends the try: where one file does not get through, the next would wait as long.</returns>
    public async Task<UploadOutcome> UploadAsync(ServerRun run, IEnumerable<string> files, CancellationToken cancellation)
    {
        var uploaded = new List<string>();
        List<string> waiting = [.. files.Distinct()];
        string refusal = "the server gives no address";
        for (int round = 0; round < Rounds && waiting.Count > 0; round++)
        {
            try
            {
                UploadTargets targets = await api.CreateFilesAsync(run, waiting, cancellation).ConfigureAwait(false);
                foreach (string file in waiting.Where(targets.Urls.ContainsKey).ToArray())
                {
                    // At the end, so that whatever else waits is tried before it if this file is the cause.
                    waiting.Remove(file);
                    waiting.Add(file);
                    if (await TryPutAsync(file, targets, cancellation).ConfigureAwait(false) is { } problem)
                        refusal = problem;
                    else if (waiting.Remove(file))
                        uploaded.Add(file);
                }
            }
            catch (WandbException exception)
            {
                refusal = exception.Message;
            }
            catch (Exception exception) when (RetryPolicy.IsTransient(exception))
            {
                return new UploadOutcome(uploaded, waiting, exception);
            }
        }

        if (waiting.Count > 0)
            TellLeftOut(waiting, refusal);
        return new UploadOutcome(uploaded, [], Failure: null);
    }

    /// <summary>Says that files will not be uploaded.</summary>
    /// <param name="files">Their paths.</param>
    /// <param name="reason">Why.</param>
    public void TellLeftOut(IEnumerable<string> files, string reason) =>
        tell($"W&B: not uploaded, but kept in {folder}: {string.Join(", ", files)} ({reason})");

    private async Task<string?> TryPutAsync(string file, UploadTargets targets, CancellationToken cancellation)
    {
        try
        {
            string path = Path.Combine(folder, file.Replace('/', Path.DirectorySeparatorChar));
            await http.PutAsync(targets.Urls[file], path, targets.Headers, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is WandbException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
