namespace Outpaint.Tracking.Wandb;

/// <summary>A run's folder as W&amp;B's own client lays it out: <c>wandb/offline-run-20261122_094713-k3x9a0b2/</c>.</summary>
internal sealed class RunDirectory
{
    /// <summary>Makes the folder of a new run.</summary>
    /// <param name="root">The folder that holds, or gets, a folder <c>wandb</c>.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="start">When the run began.</param>
    /// <param name="offline">Whether it is left to <c>wandb sync</c>, which passes over folders without the prefix.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    internal RunDirectory(string root, string runId, DateTimeOffset start, bool offline)
    {
        // A run can be resumed within a second.
        DateTimeOffset time = start.ToLocalTime();
        do
        {
            string name = FormattableString.Invariant($"{(offline ? "offline-" : "")}run-{time:yyyyMMdd_HHmmss}-{runId}");
            Path = System.IO.Path.Combine(HolderIn(root), name);
            time = time.AddSeconds(1);
        }
        while (Directory.Exists(Path));
        Directory.CreateDirectory(FilesPath);
        LogPath = System.IO.Path.Combine(Path, $"run-{runId}.wandb");
    }

    /// <summary>The folder, absolute.</summary>
    internal string Path { get; }

    /// <summary>The transaction log.</summary>
    internal string LogPath { get; }

    /// <summary>The folder of what is uploaded.</summary>
    internal string FilesPath => System.IO.Path.Combine(Path, "files");

    /// <summary>Writes a file among those that are uploaded.</summary>
    /// <param name="name">Its path below <see cref="FilesPath"/>, with forward slashes.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="ArgumentException">It would lie elsewhere.</exception>
    internal void WriteFile(string name, ReadOnlySpan<byte> content) => File.WriteAllBytes(RunPath.Of(FilesPath, name), content);

    /// <summary>The folder of a folder's runs; a hidden one where there is one.</summary>
    internal static string HolderIn(string root)
    {
        string hidden = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, ".wandb"));
        return Directory.Exists(hidden) ? hidden : System.IO.Path.GetFullPath(System.IO.Path.Combine(root, "wandb"));
    }
}
