using System.Text.Json;

namespace Outpaint.Tracking.Wandb.Online.Streaming;

/// <summary>Appends lines to a run's files on the server; a line is sent with its number, so that sending it twice is harmless.</summary>
/// <param name="http">Carries the requests.</param>
internal sealed class FileStreamClient(WandbHttp http)
{
    private readonly Dictionary<StreamedFile, long> offsets = [];
    private string path = "";

    /// <summary>Says what to append to.</summary>
    /// <param name="run">The run.</param>
    /// <param name="lines">The number of lines that are there already.</param>
    public void Start(ServerRun run, (long History, long Events, long Output) lines)
    {
        path = $"files/{Uri.EscapeDataString(run.Entity)}/{Uri.EscapeDataString(run.Project)}/{Uri.EscapeDataString(run.Run)}/file_stream";
        (offsets[StreamedFile.History], offsets[StreamedFile.Events], offsets[StreamedFile.Output]) = lines;
    }

    /// <summary>Sends a batch; an empty one says that the run is alive.</summary>
    /// <returns>Whether the user pressed Stop on the run's page.</returns>
    /// <exception cref="WandbException">The server refuses the batch: the stream is broken for good, since no line may be skipped.</exception>
    public async Task<bool> SendAsync(FileStreamBatch batch, CancellationToken cancellation)
    {
        bool stopped = await http.PostAsync(path, batch.ToJson(offsets), ReadStopped, retryConflict: false, cancellation).ConfigureAwait(false);
        foreach (StreamedFile file in offsets.Keys)
            offsets[file] += batch.Count(file);
        return stopped;
    }

    private static bool ReadStopped(JsonElement answer) =>
        answer.ValueKind != JsonValueKind.Object ? throw new FormatException()
        : answer.TryGetProperty("stopped", out JsonElement stopped) && stopped.ValueKind == JsonValueKind.True;
}
