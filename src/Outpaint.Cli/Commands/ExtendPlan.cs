using Outpaint.Cli.Shell;

namespace Outpaint.Cli.Commands;

/// <summary>Turns pictures into jobs that do not get in each other's way.</summary>
internal static class ExtendPlan
{
    /// <summary>One job per picture and variation.</summary>
    /// <exception cref="UsageException">A file would be written twice, or over a picture that is to be extended; a report is a file, too.</exception>
    public static IReadOnlyList<ExtendJob> Make(IReadOnlyList<InputPicture> pictures, ExtendOptions options)
    {
        ExtendJob[] jobs = [.. pictures.SelectMany(picture => ExtendJob.For(picture, options))];
        var inputs = jobs.Select(job => Path.GetFullPath(job.Input)).ToHashSet();
        var writers = new Dictionary<string, ExtendJob>();
        foreach (ExtendJob job in jobs)
        {
            if (job.OldMask is not null && inputs.Contains(Path.GetFullPath(job.OldMask)))
                throw new UsageException($"{job.OldMask} is to be extended itself, but --overwrite deletes it with the old result of {job.Input}; give another {options.Destination}.");
            foreach (string output in job.Outputs)
            {
                string path = Path.GetFullPath(output);
                if (inputs.Contains(path))
                    throw new UsageException($"{job.Input} would be written to {output}, which is to be extended itself; give another {options.Destination}.");
                if (!writers.TryAdd(path, job))
                    throw new UsageException($"{writers[path].Input} and {job.Input} would both be written to {output}; {Advice(options, writers[path], job)}.");
            }
        }
        if (options.Report is not null && Path.GetFullPath(options.Report) is var report && (inputs.Contains(report) || writers.ContainsKey(report)))
            throw new UsageException($"--report {options.Report} would replace a picture; give it another name.");
        return jobs;
    }

    private static string Advice(ExtendOptions options, ExtendJob one, ExtendJob other) =>
        options.Output is not null ? "--output is for a single picture, so give --output_dir instead"
            : Path.GetDirectoryName(Path.GetFullPath(one.Input)) == Path.GetDirectoryName(Path.GetFullPath(other.Input))
            ? "rename one, or give each a run and an --output_dir of its own"
            : "give each a run and an --output_dir of its own, or their common folder with --recursive";
}
