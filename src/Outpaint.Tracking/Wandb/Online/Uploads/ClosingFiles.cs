namespace Outpaint.Tracking.Wandb.Online.Uploads;

/// <summary>The files that W&amp;B shows for every run and that its client, not the program, writes: they go up at the end.</summary>
internal sealed class ClosingFiles : IDisposable
{
    private const string OutputName = "output.log";

    private readonly string folder;
    private readonly StreamWriter output;
    private bool hasOutput;

    /// <summary>Starts the copy of the console output.</summary>
    /// <param name="folder">The run's files folder.</param>
    /// <exception cref="IOException">It cannot be written to.</exception>
    public ClosingFiles(string folder)
    {
        this.folder = folder;
        output = new StreamWriter(Path.Combine(folder, OutputName));
    }

    /// <summary>Adds a line of console output.</summary>
    public void AddConsoleLine(string line)
    {
        output.WriteLine(line);
        hasOutput = true;
    }

    /// <summary>Writes the files.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="IOException">One cannot be written.</exception>
    public List<string> Write(RunReplay run)
    {
        output.Flush();
        List<string> names = hasOutput ? [OutputName] : [];
        void Add(string name, string? content)
        {
            if (content is null)
                return;
            File.WriteAllText(Path.Combine(folder, name), content);
            names.Add(name);
        }

        Add("config.yaml", run.Config.ToString()); // JSON is YAML
        Add("wandb-summary.json", run.Summary);
        Add("wandb-metadata.json", run.Config.Metadata);
        return names;
    }

    /// <summary>Closes the copy.</summary>
    public void Dispose() => output.Dispose();
}
