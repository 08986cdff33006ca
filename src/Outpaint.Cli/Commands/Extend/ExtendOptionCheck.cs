using Outpaint.Cli.Shell;
using Outpaint.Imaging;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>Options of <c>outpaint extend</c> that make no sense together, or that nothing can be written by.</summary>
internal static class ExtendOptionCheck
{
    /// <summary>Refuses them, before the work, which would be lost.</summary>
    /// <exception cref="UsageException">It says which.</exception>
    public static void Run(ExtendOptions options)
    {
        if (options.InputImage.Length == 0)
            throw new UsageException("no picture given; name a file or a folder: outpaint extend photo.jpg");
        if (options.Seed > int.MaxValue - (options.Variations - 1))
            throw new UsageException($"--seed {options.Seed} leaves no room for {options.Variations} variations; the last seed is {int.MaxValue}.");
        if (options.Overwrite && options.SkipExisting)
            throw new UsageException("--overwrite and --skip_existing contradict each other; leave one out.");
        if (options.Quality is not null)
            RefuseQuality(options);
        if (options.Output is not null)
            RefuseOutput(options, options.Output);
        if (options.Report is not null)
            RefuseReport(options.Report);
    }

    private static void RefuseOutput(ExtendOptions options, string output)
    {
        if (options.OutputDir is not null)
            throw new UsageException("--output and --output_dir contradict each other; leave one out.");
        if (options.Format is not null)
            throw new UsageException("--output and --format contradict each other: the extension of --output is the format; leave --format out.");
        if (options.Variations > 1)
            throw new UsageException("--output and --variations contradict each other: one file holds one picture; give --output_dir instead.");
        if (Directory.Exists(output))
            throw new UsageException($"--output {output} is a folder; name a file, or give --output_dir.");
        if (!PictureFormat.CanBeWritten(output))
        {
            string advice = Path.HasExtension(output)
                ? $"use one of {string.Join(' ', PictureFormat.WrittenExtensions)}"
                : $"name a file such as {output}.jpg, or give --output_dir for a folder";
            throw new UsageException($"--output {output} is of no format that can be written; {advice}.");
        }
    }

    private static void RefuseQuality(ExtendOptions options)
    {
        (string option, string result) = options.Output is null ? ("--format", $".{options.Format}") : ("--output", options.Output);
        if (PictureFormat.IsLossless(result))
            throw new UsageException($"--quality and {option} contradict each other: {Path.GetExtension(result).ToLowerInvariant()} files are lossless; leave --quality out.");
    }

    private static void RefuseReport(string report)
    {
        if (Directory.Exists(report))
            throw new UsageException($"--report {report} is a folder; name a file, such as report.json.");
        if (File.Exists(report) && !ExtendReport.IsOne(report))
            throw new UsageException($"--report {report} exists and is no report, so it is left alone; give another name, or delete it.");
        string place = Path.GetDirectoryName(Path.GetFullPath(report))!;
        if (!Directory.Exists(place))
            throw new UsageException($"--report {report}: there is no folder {place}; make it, or write the report elsewhere.");
        OutputFolder.RequireWritable($"--report {report}", place);
        OutputFolder.RequireShortName($"--report {report}", report);
    }
}
