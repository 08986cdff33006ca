using Outpaint.Data;
using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Metrics.Fid;
using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;

namespace Outpaint.Training.Runs;

/// <summary>
/// Scores the averaged generator on photos that it does not learn from, by the protocol of <c>outpaint evaluate</c> (128
/// to 192 pixels) but without the seam correction that comes after the network, and keeps the best one.
/// </summary>
internal sealed class Validation : IDisposable
{
    private const string Prefix = "val/";

    private readonly OutpaintProtocol protocol = new();
    private readonly EvaluationSet photos;
    private readonly List<SkippedImage> skipped = [];
    private readonly Lpips? lpips;
    private readonly InceptionFeatures? inception;
    private readonly Evaluator evaluator;
    private readonly RunFolder folder;
    private readonly BestGenerator best;
    private readonly Device device;
    private readonly long interval;
    private readonly int batchSize;

    /// <summary>Reads photos and networks at once, so that a wrong file shows before the first step.</summary>
    /// <exception cref="DataException">There is no photo to be read.</exception>
    /// <exception cref="WeightsFormatException">A file is damaged or holds another network.</exception>
    internal Validation(TrainingOptions options, IReadOnlyList<ImageEntry> entries, RunFolder folder, Device device)
    {
        (this.folder, this.device, interval, batchSize) = (folder, device, options.ValidateEvery, options.BatchSize);
        try
        {
            lpips = options.LpipsWeights is { } lpipsFile ? Lpips.Load(lpipsFile) : null;
            inception = options.InceptionWeights is { } inceptionFile ? InceptionFeatures.Load(inceptionFile) : null;
            lpips?.To(device, TorchRuntime.ConvolutionFormat(device));
            inception?.To(device, TorchRuntime.ConvolutionFormat(device));
            photos = EvaluationSet.Load(entries, protocol, options.ValidatePhotos, skipped.Add);
            evaluator = new Evaluator(photos, lpips, inception);
        }
        catch
        {
            Dispose();
            throw;
        }
        best = new BestGenerator(folder.BestPath, photos.Count);
    }

    /// <summary>How many photos it scores on.</summary>
    internal int Photos => photos.Count;

    /// <summary>Photos that are left out because they could not be read.</summary>
    internal IReadOnlyList<SkippedImage> Skipped => skipped;

    /// <summary>Whether the step that brought the images shown to this number is one to validate after.</summary>
    internal bool IsDue(long images) => images / interval != (images - batchSize) / interval;

    /// <summary>Scores a generator, and keeps it if it is the best so far.</summary>
    /// <param name="average">The averaged generator, in evaluation mode.</param>
    /// <param name="notes">Where it came from.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <returns>Its figures by name, starting with "val/".</returns>
    /// <exception cref="TrainingException">The best one cannot be written.</exception>
    internal IReadOnlyDictionary<string, double> Run(
        Generator average, IReadOnlyDictionary<string, string> notes, CancellationToken cancellation)
    {
        var method = new EvaluationMethod("average", batch => Extend(average, batch));
        MethodResult result = evaluator.Evaluate(method, progress: null, cancellation);
        var scores = new Dictionary<string, double?>
        {
            ["psnr"] = result.Psnr,
            ["ssim"] = result.Ssim,
            ["l1"] = result.L1,
            ["lpips"] = result.Lpips,
            ["fid768"] = result.Fid768,
            ["seam"] = result.Seam,
            ["colour_step"] = result.ColourStep,
            ["texture"] = result.Texture,
            ["mirror"] = result.Mirror,
        };
        // Photos without any texture, for one, have no ratio of it; JSON knows no NaN.
        Dictionary<string, double> finite = scores
            .Where(score => score.Value is { } value && double.IsFinite(value))
            .ToDictionary(score => score.Key, score => score.Value!.Value);
        folder.Save(() => best.Offer(average, finite, notes));
        return finite.ToDictionary(score => Prefix + score.Key, score => score.Value);
    }

    public void Dispose()
    {
        evaluator?.Dispose(); // null where the constructor has failed
        photos?.Dispose();
        inception?.Dispose();
        lpips?.Dispose();
        protocol.Dispose();
    }

    private Tensor Extend(Generator generator, EvaluationBatch batch)
    {
        using TensorScope scope = new();
        return scope.Keep(generator.Forward(batch.Image.To(device), batch.Mask.To(device)));
    }
}
