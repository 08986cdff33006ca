using Outpaint.Cli.Shell;
using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Training;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>One run of <c>outpaint extend</c>: every picture through one loaded model.</summary>
internal sealed class ExtendRun(ExtendOptions options, Terminal terminal, Func<string, IInpainter> loadInpainter)
{
    /// <summary>Extends the pictures and returns the exit code.</summary>
    public int Execute(CancellationToken cancellation)
    {
        ExtendOptionCheck.Run(options);
        CanvasRequest request = CanvasRequest.From(options);
        if (terminal.InputIsTyped && options.InputImage.Contains(PictureFinder.StandardInput))
            terminal.Error.WriteLine("Type or paste a path per line, then press Ctrl-D; or pipe a list in: find photos -name '*.jpg' | outpaint extend -");
        var finder = new PictureFinder(options.Recursive, options.ResultFolder, terminal.Input, cancellation);
        IReadOnlyList<ExtendJob> jobs = ExtendPlan.Make(finder.Find(options.InputImage), options);
        // Before the model is loaded, so that a second run by mistake ends at once.
        var results = jobs.ToDictionary(job => job, job => Lookup(job, request, cancellation));
        ExtendJob[] pending = [.. jobs.Where(job => results[job].Status == PictureStatus.Pending)];
        foreach (string error in Summary().Pictures.Select(result => result.Error).OfType<string>())
            terminal.WriteError(error);
        if (pending.Length > 0)
            OutputFolder.RequireWritable($"{options.Destination} {options.Output ?? options.ResultFolder}", options.ResultFolder);
        try
        {
            if (options.DryRun)
                Preview(pending, request, results, cancellation);
            else if (pending.Length > 0)
                Extend(pending, request, results, cancellation);
        }
        finally
        {
            Conclude(Summary());
        }
        return Summary().Failed == 0 ? ExitCode.Success : ExitCode.Failure;

        ExtendSummary Summary() => new([.. finder.Failures, .. jobs.Select(job => results[job])]);
    }

    private PictureResult Lookup(ExtendJob job, CanvasRequest request, CancellationToken cancellation)
    {
        if (Obstacle(job) is { } obstacle)
            return new PictureResult(job, PictureStatus.Failed) { Error = obstacle };
        if (options.SkipExisting)
            return new PictureResult(job, job.IsDone ? PictureStatus.Skipped : PictureStatus.Pending);
        if (options.Overwrite || job.Guarded.FirstOrDefault(File.Exists) is not { } existing)
            return new PictureResult(job, PictureStatus.Pending);
        // What has the size or shape already, or can never have it, would not touch the result.
        if (request.Target is not null && Try(job, request, cancellation) is { Status: not PictureStatus.Pending } result)
        {
            if (result.Status == PictureStatus.Skipped)
                terminal.WriteLine(PassedOver(job, request));
            return result;
        }
        return new PictureResult(job, PictureStatus.Failed)
        {
            Error = $"{existing} exists already; give --overwrite to replace it, --skip_existing to pass over it, or another {options.Destination}.",
        };
    }

    // What no option but another place helps against.
    private string? Obstacle(ExtendJob job)
    {
        if (job.Clash is not null)
            return job.Clash;
        if (job.Outputs.FirstOrDefault(Directory.Exists) is { } folder)
            return $"{job.Input}: {folder} is a folder; move it, or give another {options.Destination}.";
        return options.SkipExisting && job.DeadLink is { } link ? $"{job.Input}: {link} is a link to a file that does not exist; delete it." : null;
    }

    // Reads the picture and lays out its canvas; it stays pending if nothing is wrong.
    private static PictureResult Try(ExtendJob job, CanvasRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return PictureAttempt.Run(job, request, PictureStatus.Pending, (photo, _) => RequireColours(photo));
    }

    // Whether the picture's colours can be extended shows when it is laid on a canvas, which takes no time until that is read.
    private static void RequireColours(Photo photo) => photo.Extend(new RgbImage(photo.Width, photo.Height), 0, 0).Dispose();

    // Reads the pictures, so that what is damaged or cannot be extended as asked shows beforehand.
    private void Preview(IEnumerable<ExtendJob> pending, CanvasRequest request, Dictionary<ExtendJob, PictureResult> results, CancellationToken cancellation)
    {
        Weights(); // without them nothing would be extended
        foreach (ExtendJob job in pending)
        {
            PictureResult result = Try(job, request, cancellation);
            results[job] = result;
            if (result.Error is not null)
                terminal.WriteError(result.Error);
            else if (result.Status == PictureStatus.Skipped)
                terminal.WriteLine(PassedOver(job, request));
            else
                terminal.WriteLine($"{job.Input} ({Size(result.Canvas!.SourceWidth, result.Canvas.SourceHeight)}) -> {string.Join(", ", job.Written)} ({Size(result.Canvas.Width, result.Canvas.Height)})");
        }
    }

    private void Extend(ExtendJob[] pending, CanvasRequest request, Dictionary<ExtendJob, PictureResult> results, CancellationToken cancellation)
    {
        string weights = Weights();
        using IInpainter inpainter = loadInpainter(weights);
        var batch = new ExtendBatch(new Outpainter(inpainter), weights, request, options);
        BatchProgress.Run(terminal, pending.Length, progress => batch.Run(
            pending,
            (job, result) =>
            {
                results[job] = result;
                if (result.Error is not null)
                    progress.Failed(result.Error);
                else if (result.Status == PictureStatus.Skipped)
                    progress.Done(PassedOver(job, request));
                else
                    progress.Done($"{job.Written.First()} ({Size(result.Canvas!.Width, result.Canvas.Height)}){AboutFrame(result)}");
            },
            progress,
            cancellation));
    }

    private string Weights()
    {
        string weights = GeneratorWeights.Resolve(options.Weights);
        if (options.FineTune > 0)
            PictureFineTuning.Require(weights);
        return weights;
    }

    private void Conclude(ExtendSummary summary)
    {
        if ((summary.Pictures.Count > 1 || (options.SkipExisting && summary.Skipped > 0)) && !options.DryRun)
            terminal.WriteLine(summary.Describe(options.ResultFolder));
        if (options.Report is not null)
            ExtendReport.Write(options.Report, summary);
    }

    private static string AboutFrame(PictureResult result) =>
        result.FrameFeather is { } feather ? $"; the picture's frame is seen in it, and --feather {feather} leaves it out" : "";

    private string PassedOver(ExtendJob job, CanvasRequest request) =>
        options.SkipExisting && job.IsDone ? $"{job.Output} is there already" : $"{job.Input} is {request.Target} already";

    private static string Size(int width, int height) => $"{width} x {height} pixels";
}
