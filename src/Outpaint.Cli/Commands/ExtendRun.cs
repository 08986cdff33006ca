using Outpaint.Cli.Shell;
using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Cli.Commands;

/// <summary>One run of <c>outpaint extend</c>: every picture through one loaded model.</summary>
internal sealed class ExtendRun(ExtendOptions options, Terminal terminal, Func<string, IInpainter> loadInpainter)
{
    /// <summary>Extends the pictures and returns the exit code.</summary>
    public int Execute(CancellationToken cancellation)
    {
        if (options.InputImage.Length == 0)
            throw new UsageException("no picture given; name a file or a folder: outpaint extend photo.jpg");
        IReadOnlyList<string> pictures = PictureFinder.Find(options.InputImage, options.OutputDir);
        // Before the model is loaded, so that a second run by mistake ends at once.
        string[] pending = [.. pictures.Where(IsPending)];
        int failures = pictures.Count - pending.Length;
        if (pending.Length > 0)
        {
            using IInpainter inpainter = loadInpainter(GeneratorWeights.Resolve(options.Weights));
            var outpainter = new Outpainter(inpainter);
            failures += BatchProgress.Run(terminal, pending, picture => Extend(outpainter, picture, cancellation));
        }
        if (pictures.Count > 1)
            terminal.Output.WriteLine($"{pictures.Count - failures} of {pictures.Count} pictures extended into {options.OutputDir}");
        return failures == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private bool IsPending(string picture)
    {
        string target = TargetOf(picture);
        if (options.Overwrite || !File.Exists(target))
            return true;
        terminal.WriteError($"{target} exists already; give --overwrite to replace it, or another --output_dir.");
        return false;
    }

    private string Extend(Outpainter outpainter, string picture, CancellationToken cancellation)
    {
        string target = TargetOf(picture);
        using Photo photo = Photo.Load(picture);
        CanvasGeometry canvas = CanvasGeometry.ForRatio(photo.Width, photo.Height, options.ExtensionRatio);
        using Photo extended = outpainter.Extend(photo, canvas, cancellation);
        cancellation.ThrowIfCancellationRequested();
        Directory.CreateDirectory(options.OutputDir);
        extended.Save(target, new SaveOptions { Quality = options.Quality });
        return $"{target} ({extended.Width} x {extended.Height} pixels)";
    }

    private string TargetOf(string picture) => Path.Combine(
        options.OutputDir, Path.GetFileNameWithoutExtension(picture) + PictureFinder.ResultSuffix + Path.GetExtension(picture));
}
