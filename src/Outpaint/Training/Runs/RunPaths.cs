using Outpaint.Metrics.Fid;

namespace Outpaint.Training.Runs;

/// <summary>The files and folders that a run's options name.</summary>
internal static class RunPaths
{
    /// <summary>Options whose paths hold from any working directory.</summary>
    internal static TrainingOptions Whole(TrainingOptions options) =>
        Each(options, Path.GetFullPath) with { OutputDir = Path.GetFullPath(options.OutputDir) };

    /// <summary>
    /// Options of a run whose folder may have been moved together with what they name: what is not found is looked for at the same
    /// place as seen from the folder.
    /// </summary>
    /// <param name="options">As they were recorded.</param>
    /// <param name="folder">Where the run's folder is now.</param>
    internal static TrainingOptions Moved(TrainingOptions options, string folder) => Each(options, path =>
    {
        string moved = Path.GetFullPath(Path.Combine(folder, Path.GetRelativePath(options.OutputDir, path)));
        return !Path.Exists(path) && Path.Exists(moved) ? moved : path;
    });

    private static TrainingOptions Each(TrainingOptions options, Func<string, string> change)
    {
        string? Changed(string? path) => string.IsNullOrEmpty(path) ? path : change(path);
        return options with
        {
            DataPath = [.. options.DataPath.Select(path => Changed(path)!)],
            ValPath = [.. options.ValPath.Select(path => Changed(path)!)],
            VggWeights = Changed(options.VggWeights),
            ResNetWeights = Changed(options.ResNetWeights),
            InitWeights = Changed(options.InitWeights),
            LpipsWeights = Changed(options.LpipsWeights),
            InceptionWeights = Changed(options.InceptionWeights),
        };
    }
}
