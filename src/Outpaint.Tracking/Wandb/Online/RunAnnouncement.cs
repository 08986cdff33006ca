using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>Makes a run known to the server: a new one, or one that goes on.</summary>
/// <param name="api">The server.</param>
/// <param name="run">What the log says of the run.</param>
internal sealed class RunAnnouncement(WandbApi api, RunRecord run)
{
    /// <summary>Looks for the run at the server, if it may be or must not be there.</summary>
    /// <returns>Where it stopped, or null for a new run.</returns>
    /// <exception cref="WandbException">It is there and should not be, or is not and should.</exception>
    public async Task<ResumePoint?> FindResumePointAsync(ResumeMode mode, CancellationToken cancellation)
    {
        if (mode == ResumeMode.None)
            return null;
        ResumePoint? point = await api.FindResumePointAsync(OrNull(run.Entity), OrNull(run.Project), run.RunId, cancellation).ConfigureAwait(false);
        return (mode, point) switch
        {
            (ResumeMode.Must, null) => throw new WandbException($"W&B has no run {run.RunId} to resume; check the id, or use --wandb_resume allow."),
            (ResumeMode.Never, not null) => throw new WandbException($"W&B has a run {run.RunId} already; choose another id, or use --wandb_resume allow."),
            _ => point,
        };
    }

    /// <summary>Announces the run.</summary>
    /// <param name="point">Where it goes on, or null.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WandbException">The server refuses it.</exception>
    public Task<ServerRun> SendAsync(ResumePoint? point, RunConfig config, CancellationToken cancellation)
    {
        var upsert = new RunUpsert(run.RunId, OrNull(run.Project), OrNull(run.Entity))
        {
            StorageId = point?.StorageId,
            DisplayName = OrNull(run.DisplayName),
            Notes = OrNull(run.Notes) ?? point?.Notes,
            Group = OrNull(run.RunGroup),
            JobType = OrNull(run.JobType),
            Tags = run.Tags.Count > 0 ? run.Tags : point?.Tags,
            Config = config.ToString(),
            Commit = OrNull(run.Git?.Commit),
            Repository = OrNull(run.Git?.RemoteUrl),
            Host = OrNull(run.Host),
            Program = OrNull(config.Program),
        };
        return api.UpsertAsync(upsert, cancellation);
    }

    // Records say "" where the API says null.
    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
