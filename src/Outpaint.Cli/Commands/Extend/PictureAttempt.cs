using System.Diagnostics;
using System.Text;
using Outpaint.Cli.Shell;
using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>Work on one picture, which may fail without stopping the others.</summary>
internal static class PictureAttempt
{
    /// <summary>Reads the picture, lays out its canvas and does the work.</summary>
    /// <param name="job">The picture.</param>
    /// <param name="request">The canvas that is asked for.</param>
    /// <param name="success">What the picture is after the work.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled; all other failures become an error in the result.</exception>
    public static PictureResult Run(ExtendJob job, CanvasRequest request, PictureStatus success, Action<Photo, CanvasGeometry> work)
    {
        var clock = Stopwatch.StartNew();
        var result = new PictureResult(job, PictureStatus.Failed);
        try
        {
            using Photo photo = Photo.Load(job.Input);
            CanvasGeometry canvas = request.For(photo.Width, photo.Height);
            CheckFormat(job.Output, canvas);
            CheckNames(job);
            result = result with { Canvas = canvas };
            if (job.KeepsResult)
                RequireSize(job.Output, canvas);
            work(photo, canvas);
            return result with { Status = success, Seconds = Math.Round(clock.Elapsed.TotalSeconds, 3) };
        }
        catch (NothingToAddException) when (request.Target is not null)
        {
            return result with { Status = PictureStatus.Skipped };
        }
        catch (OutpaintException e)
        {
            return result with { Error = $"{job.Input}: {e.Message}" };
        }
        catch (Exception e) when (ErrorReport.IsOutOfMemory(e))
        {
            return result with { Error = $"{job.Input}: there is not enough memory to extend it; ask for a smaller result, or extend it by itself." };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return result with { Error = ErrorReport.IsForUser(e) ? ErrorReport.Describe(e) : $"{job.Input}: {ErrorReport.Describe(e)}" };
        }
    }

    // What common file systems allow: less is told when the file is written.
    private static void CheckNames(ExtendJob job)
    {
        const int Longest = 255;
        foreach (string name in job.Outputs.Select(output => Path.GetFileName(output)))
        {
            int bytes = Encoding.UTF8.GetByteCount(name);
            if (bytes > Longest)
                throw new OutpaintException($"the name of the result, {name}, would have {bytes} bytes, and {Longest} is the most; give a shorter one with --output, or rename the picture.");
        }
    }

    // A mask beside a result of another size would fit nothing.
    private static void RequireSize(string existing, CanvasGeometry canvas)
    {
        using Photo photo = Photo.Load(existing);
        if ((photo.Width, photo.Height) != (canvas.Width, canvas.Height))
            throw new PictureException(existing, $"has {photo.Width} x {photo.Height} pixels, not the {canvas.Width} x {canvas.Height} asked for; give --overwrite instead of --skip_existing to replace it.");
    }

    // Before the work, which may take minutes.
    private static void CheckFormat(string output, CanvasGeometry canvas)
    {
        if (PictureFormat.Misfit(output, canvas.Width, canvas.Height) is { } reason)
            throw new OutpaintException($"{reason}; give --format png, or an --output that ends in .png, or ask for a smaller one.");
    }
}
