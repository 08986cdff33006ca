using System.Text;
using Outpaint.Torch.Serialization;

namespace Outpaint.Training.Runs;

/// <summary>A run's folder: config.json, checkpoints/, the averaged generator, the discriminators, and what a <see cref="Tracking.FileTracker"/> records.</summary>
public sealed class RunFolder
{
    // EWOULDBLOCK, from the lock that .NET takes for FileShare.None.
    private const int AlreadyLocked = 11;

    /// <summary>Names a folder and makes it.</summary>
    /// <exception cref="TrainingException">It cannot be made or written to.</exception>
    public RunFolder(string path)
    {
        Path = path;
        if (File.Exists(path))
            throw new TrainingException($"{path} is a file; name a folder with --output_dir.");
        try
        {
            Directory.CreateDirectory(System.IO.Path.Combine(path, "checkpoints"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"Cannot write to {path} ({e.Message.TrimEnd('.')}); name another folder with --output_dir.", e);
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The last checkpoint, whether it exists or not.</summary>
    public string CheckpointPath => System.IO.Path.Combine(Path, "checkpoints", "last.safetensors");

    /// <summary>The averaged generator in half precision, for <c>outpaint extend --weights</c>.</summary>
    public string GeneratorPath => System.IO.Path.Combine(Path, "generator.safetensors");

    /// <summary>The averaged generator that validated best, likewise, with its figures in the metadata.</summary>
    public string BestPath => System.IO.Path.Combine(Path, "best.safetensors");

    /// <summary>The discriminators in half precision, for <c>outpaint train --init_weights</c>.</summary>
    public string DiscriminatorsPath => System.IO.Path.Combine(Path, StartingPoint.DiscriminatorsName);

    private string WandbRunIdPath => System.IO.Path.Combine(Path, "wandb_run_id.txt");

    private string ConfigPath => System.IO.Path.Combine(Path, RunConfig.Name);

    /// <summary>The id of the W&amp;B run that records this one, for going on with it; null if there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="TrainingException">It cannot be written.</exception>
    public string? WandbRunId
    {
        get => File.Exists(WandbRunIdPath) ? File.ReadAllText(WandbRunIdPath).Trim() : null;
        set => Save(() => AtomicFile.Write(WandbRunIdPath, stream => stream.Write(Encoding.UTF8.GetBytes(value + "\n"))));
    }

    /// <summary>Keeps a new run from writing over an old one, and a resumed one from starting over.</summary>
    /// <exception cref="TrainingException">There is a run and no wish to resume, or the other way round.</exception>
    public void RequireReadyFor(bool resume)
    {
        bool hasCheckpoint = File.Exists(CheckpointPath), hasGenerator = File.Exists(GeneratorPath) || File.Exists(BestPath);
        if (!resume && hasCheckpoint)
            throw new TrainingException($"{Path} holds a run already; continue it with --resume, or name another folder with --output_dir.");
        if (!resume && hasGenerator)
            throw new TrainingException($"{Path} holds the generator of a run already; name another folder with --output_dir.");
        if (resume && !hasCheckpoint)
            throw new TrainingException($"There is no checkpoint to resume from in {Path}; {(hasGenerator ? StartAgain : "name the folder of an earlier run")}.");
    }

    /// <summary>Keeps others from training in the folder until the result is disposed, or this process ends.</summary>
    /// <exception cref="TrainingException">Another one does, or nothing can be written here.</exception>
    public IDisposable Lock()
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(Path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (e.HResult == AlreadyLocked)
        {
            throw new TrainingException($"Another run goes on in {Path}; wait for it, or name another folder with --output_dir.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(e);
        }
    }

    /// <summary>The folder of the run that options ask to resume, which may name the folder or its checkpoint.</summary>
    public static string Locate(TrainingOptions options) => options.Resume switch
    {
        null or "" => options.OutputDir,
        { } file when File.Exists(file) => System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file)))!,
        { } folder => folder,
    };

    /// <summary>Records the options, with whole paths: a run may go on from another working directory.</summary>
    /// <exception cref="TrainingException">The file cannot be written.</exception>
    public void WriteConfig(TrainingOptions options) => Save(() => RunConfig.Write(ConfigPath, options));

    /// <summary>
    /// The options that the folder's run was started with. What is no longer where they say is taken from where it lies now, if it
    /// was moved together with the folder.
    /// </summary>
    /// <exception cref="TrainingException">There is no readable config.json, or an option in it has a value that it cannot have.</exception>
    public static TrainingOptions ReadConfig(string folder) => RunConfig.Read(folder);

    /// <summary>Deletes what a run left that was killed while it wrote a file of its own.</summary>
    public void DeleteTemporaryFiles() =>
        AtomicFile.DeleteLeftovers(CheckpointPath, GeneratorPath, BestPath, DiscriminatorsPath, WandbRunIdPath, ConfigPath);

    /// <summary>Writes files of the run.</summary>
    /// <exception cref="TrainingException">One cannot be written.</exception>
    internal void Save(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(e);
        }
    }

    /// <summary>What to do without a checkpoint.</summary>
    internal string StartAgain => new[] { GeneratorPath, BestPath }.FirstOrDefault(File.Exists) is { } generator
        ? $"start a new run from its generator with --init_weights {generator} and another --output_dir"
        : "start a new run with another --output_dir";

    /// <summary>What to tell when a write failed.</summary>
    internal TrainingException CannotWrite(Exception cause) => new(
        $"Cannot save the run in {Path} ({cause.Message.TrimEnd('.')}). "
        + (File.Exists(CheckpointPath)
            ? $"The last checkpoint is kept; make room and go on with --resume {Path}."
            : "Make room, or name another folder with --output_dir."),
        cause);
}
