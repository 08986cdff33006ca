namespace Outpaint.Tracking.Wandb.Online;

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
    /// <returns>The files that are there now.</returns>
    public async Task<IReadOnlyList<string>> UploadAsync(ServerRun run, IEnumerable<string> files, CancellationToken cancellation)
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
        }

        if (waiting.Count > 0)
            tell($"W&B: not uploaded, but kept in {folder}: {string.Join(", ", waiting)} ({refusal})");
        return uploaded;
    }

    private async Task<string?> TryPutAsync(string file, UploadTargets targets, CancellationToken cancellation)
    {
        try
        {
            string path = Path.Combine(folder, file.Replace('/', Path.DirectorySeparatorChar));
            await http.PutAsync(targets.Urls[file], path, targets.Headers, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is WandbException or IOException or UnauthorizedAccessException || RetryPolicy.IsTransient(exception))
        {
            return exception.Message;
        }
    }
}
