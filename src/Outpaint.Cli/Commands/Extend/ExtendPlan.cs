using Outpaint.Cli.Shell;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>Turns pictures into jobs that do not get in each other's way.</summary>
internal static class ExtendPlan
{
    /// <summary>One job per picture and variation. A file that several would write is the first one's; the others' <see cref="ExtendJob.Clash"/> says so.</summary>
    /// <exception cref="UsageException">A file would be written over a picture that is to be extended, or several pictures into one --output.</exception>
    public static IReadOnlyList<ExtendJob> Make(IReadOnlyList<InputPicture> pictures, ExtendOptions options)
    {
        ExtendJob[] jobs = [.. pictures.SelectMany(picture => ExtendJob.For(picture, options))];
        if (options.Output is not null && jobs.Length > 1)
            throw new UsageException($"{jobs[0].Input} and {jobs[1].Input} would both be written to {options.Output}; --output is for a single picture, so give --output_dir instead.");
        var paths = new RealPath();
        HashSet<string> inputs = [.. jobs.SelectMany(job => paths.Chain(job.Input))];
        foreach (ExtendJob job in jobs)
            Protect(inputs, job, options, paths);
        var writers = new Dictionary<string, ExtendJob>();
        ExtendJob[] plan = [.. jobs.Select(job => job.Clash is null ? Enter(writers, job, paths) : job)];
        if (options.Report is not null && paths.Of(options.Report) is var report && (inputs.Contains(report) || writers.ContainsKey(report)))
            throw new UsageException($"--report {options.Report} would replace a picture; give it another name.");
        return plan;
    }

    private static void Protect(HashSet<string> inputs, ExtendJob job, ExtendOptions options, RealPath paths)
    {
        if (job.Outputs.FirstOrDefault(output => inputs.Contains(paths.Of(output))) is { } source)
            throw new UsageException($"{job.Input} would be written to {source}, which is to be extended itself; give another {options.Destination}.");
        if (job.OldMask is not null && inputs.Contains(paths.Of(job.OldMask)))
            throw new UsageException($"{job.OldMask} is to be extended itself, but --overwrite deletes it with the old result of {job.Input}; give another {options.Destination}.");
    }

    // Cameras begin anew at IMG_0001 in every folder: a batch is not given up for that.
    private static ExtendJob Enter(Dictionary<string, ExtendJob> writers, ExtendJob job, RealPath paths)
    {
        if (job.Outputs.FirstOrDefault(output => writers.ContainsKey(paths.Of(output))) is { } taken)
            return job with { Clash = Clash(job, taken, writers[paths.Of(taken)].Input) };
        foreach (string output in job.Outputs)
            writers.Add(paths.Of(output), job);
        return job;
    }

    private static string Clash(ExtendJob job, string output, string other) =>
        $"{job.Input}: {output} is written for {other} in this run; extend this one with another --output_dir, or "
        + (Path.GetDirectoryName(Path.GetFullPath(job.Input)) == Path.GetDirectoryName(Path.GetFullPath(other))
            ? "rename it."
            : "give the folder that holds both with --recursive.");
}
