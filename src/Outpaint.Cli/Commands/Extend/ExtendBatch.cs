using System.Collections.Concurrent;
using Outpaint.Cli.Shell;
using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;
using Outpaint.Training;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>
/// Extends pictures, as many at a time as there are cores, if memory allows: with one core each, none waits while a
/// picture is read or written. A single picture gets all cores, and so does one that a generator is fine-tuned on.
/// </summary>
internal sealed class ExtendBatch(Outpainter outpainter, string weights, CanvasRequest request, ExtendOptions options)
{
    // Of the time that a picture takes.
    private const double FineTuningShare = 0.98;

    private readonly MemoryGate memory = new(MemoryGate.MachineLimit);

    /// <summary>Works through the jobs.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="done">Called after each job, never twice at a time.</param>
    /// <param name="filled">Told how far the picture is that is being filled, 0 to 1.</param>
    /// <param name="cancellation">Abandons pictures that are being filled; what is being written is finished.</param>
    /// <exception cref="OperationCanceledException">Cancelled; every file that exists is whole.</exception>
    public void Run(IReadOnlyCollection<ExtendJob> jobs, Action<ExtendJob, PictureResult> done, IProgress<double> filled, CancellationToken cancellation)
    {
        int atATime = options.FineTune > 0 ? 1 : MemoryGate.AtATime(jobs.Count, Environment.ProcessorCount, MemoryGate.MachineLimit);
        TorchRuntime.Threads = Environment.ProcessorCount / atATime;
        var reporting = new Lock();
        AtomicFile.DeleteLeftovers(jobs.SelectMany(job => job.Written)); // of a batch that was killed
        var inOrder = Partitioner.Create(jobs, EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(inOrder, new ParallelOptions { MaxDegreeOfParallelism = atATime, CancellationToken = cancellation }, job =>
        {
            PictureResult result = IsPassedOver(job) ? new PictureResult(job, PictureStatus.Skipped) : Attempt(job, filled, cancellation);
            lock (reporting)
                done(job, result);
        });
    }

    private PictureResult Attempt(ExtendJob job, IProgress<double> filled, CancellationToken cancellation)
    {
        int frame = 0;
        PictureResult result = PictureAttempt.Run(job, request, PictureStatus.Extended, (photo, canvas) =>
            frame = Extend(job, photo, canvas, filled, cancellation));
        if (result.Status == PictureStatus.Failed && IsPassedOver(job))
            return new PictureResult(job, PictureStatus.Skipped);
        return frame > 0 ? result with { FrameFeather = frame } : result;
    }

    // Another run over the same pictures may have been faster, before this one began with a picture or while it was filled.
    private bool IsPassedOver(ExtendJob job) => options.SkipExisting && job.IsDone;

    // Returns the feather that would leave out a frame; 0 if none is seen.
    private int Extend(ExtendJob job, Photo photo, CanvasGeometry canvas, IProgress<double> filled, CancellationToken cancellation)
    {
        using IDisposable room = memory.Enter(canvas, cancellation);
        int frame = 0;
        using Photo? extended = job.KeepsResult ? null : Fill();
        cancellation.ThrowIfCancellationRequested();
        if (Path.GetDirectoryName(job.Output) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        // The mask last: without its result it would be worth nothing.
        extended?.Save(job.Output, new SaveOptions { Quality = options.Quality, Strip = options.Strip, Overwrite = options.Overwrite });
        if (File.Exists(job.OldMask))
            File.Delete(job.OldMask);
        if (job.Mask is not null)
            Photo.SavePng(HoleMask.Draw(photo, canvas, options.Feather), job.Mask, overwrite: options.Overwrite || !job.Guarded.Contains(job.Mask));
        return frame;

        Photo Fill()
        {
            using GeneratorInpainter? own = options.FineTune > 0 ? FineTune(job, photo, filled, cancellation) : null;
            (Outpainter by, IProgress<double> rest) =
                own is null ? (outpainter, filled) : (new Outpainter(own), new PartOfProgress(filled, FineTuningShare, 1));
            if (options.Feather > 0)
                return by.Extend(photo, canvas, options.Feather, job.Seed, rest, cancellation);
            RgbImage picture = photo.ToDeviceRgb(); // once for both: of a large photo it is a tenth of the memory
            frame = Feather.ForFrame(picture, canvas);
            return photo.Extend(by.Extend(picture, canvas, job.Seed, rest, cancellation), canvas.Left, canvas.Top);
        }
    }

    private GeneratorInpainter FineTune(ExtendJob job, Photo photo, IProgress<double> filled, CancellationToken cancellation) =>
        new(PictureFineTuning.Run(
            weights, photo.ToDeviceRgb(), options.FineTune, job.Seed, new PartOfProgress(filled, 0, FineTuningShare), cancellation));
}
