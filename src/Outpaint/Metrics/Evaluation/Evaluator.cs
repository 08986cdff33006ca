using Outpaint.Metrics.Fid;
using Outpaint.Models;
using Outpaint.Torch;

namespace Outpaint.Metrics.Evaluation;

/// <summary>
/// Scores methods on a set of photos. Before scoring, the known pixels are put back into a method's output, and the
/// whole is rounded to 8 bits, as a written picture would be.
/// </summary>
/// <param name="set">The photos; the caller disposes it.</param>
/// <param name="lpips">Null leaves LPIPS out.</param>
/// <param name="inception">Null leaves FID out.</param>
/// <param name="batchSize">Photos at a time; null for eight of 192 x 192 pixels, and fewer where they are larger.</param>
/// <exception cref="ArgumentOutOfRangeException">The batch size is not positive.</exception>
public sealed class Evaluator(EvaluationSet set, Lpips? lpips = null, InceptionFeatures? inception = null, int? batchSize = null) : IDisposable
{
    // The networks' activations take a thousand times as much memory as the photos themselves.
    private const int PixelsAtATime = 8 * 192 * 192;

    private readonly int batchSize = batchSize is <= 0
        ? throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, "There must be at least one photo at a time.")
        : batchSize ?? Math.Max(1, PixelsAtATime / (set.Protocol.CanvasSize * set.Protocol.CanvasSize));

    private readonly Tensor mask = set.Protocol.Mask;

    // None without a network, or where the set is too small to have a spread.
    private readonly FidAgainstOriginals? fid = inception is not null && set.Count > 1 ? new FidAgainstOriginals(inception, set) : null;

    /// <summary>Scores a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="progress">Told how many photos are done, after each batch.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <exception cref="InvalidOperationException">The method's output has another shape, or values that are not finite.</exception>
    public MethodResult Evaluate(EvaluationMethod method, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        using GradMode noGrad = GradMode.Disabled();
        using FidFeatures? features = fid?.Collect();
        var photos = new List<PhotoScore>(set.Count);
        foreach ((int start, int count) in Batches(cancellation))
        {
            using Tensor output = Run(method, start, count, cancellation);
            photos.AddRange(Score(output, start));
            features?.Add(output);
            progress?.Report(photos.Count);
        }

        (FidScore? early, FidScore? late) = features is null ? default : fid!.Score(features, Batches(cancellation));
        return new MethodResult(method.Name, photos)
        {
            Fid768 = early?.Distance,
            Fid768Halves = early?.Halves,
            Fid2048 = late?.Distance,
            Fid2048Halves = late?.Halves,
        };
    }

    /// <summary>Measures the originals themselves.</summary>
    /// <param name="cancellation">Looked at between batches.</param>
    public OriginalsResult EvaluateOriginals(CancellationToken cancellation = default)
    {
        using GradMode noGrad = GradMode.Disabled();
        var seam = new List<Ratio>();
        var colourStep = new List<double>();
        var texture = new List<Ratio>();
        var mirror = new List<double>();
        foreach ((int start, int count) in Batches(cancellation))
        {
            using Tensor originals = set.Originals(start, count);
            seam.AddRange(SeamMetric.Compute(originals, mask));
            colourStep.AddRange(ColourStep.Compute(originals, mask));
            texture.AddRange(TextureMetric.Compute(originals, mask));
            mirror.AddRange(MirrorMetric.Compute(originals, mask));
        }

        (FidScore? early, FidScore? late) = fid?.ScoreOriginals(Batches(cancellation)) ?? default;
        return new OriginalsResult(Ratio.Pooled(seam), colourStep.Average(), Ratio.Pooled(texture), mirror.Average())
        {
            Fid768Halves = early?.Halves,
            Fid2048Halves = late?.Halves,
        };
    }

    /// <summary>Measures how different several methods' outputs are; null without LPIPS or with fewer than two methods.</summary>
    /// <param name="methods">The methods, each of which fills all photos anew.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <exception cref="InvalidOperationException">A method's output has another shape, or values that are not finite.</exception>
    public double? EvaluateDiversity(IReadOnlyList<EvaluationMethod> methods, CancellationToken cancellation = default)
    {
        if (lpips is null || methods.Count < 2)
            return null;
        using GradMode noGrad = GradMode.Disabled();
        return Batches(cancellation).SelectMany(batch =>
        {
            using var scope = new TensorScope();
            return DiversityMetric.Compute(lpips, [.. methods.Select(method => Run(method, batch.Start, batch.Count, cancellation))]);
        }).Average();
    }

    /// <summary>A method's images for some photos as they are scored: [count, 3, H, W] in [-1, 1].</summary>
    /// <param name="method">The method.</param>
    /// <param name="start">The first photo.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellation">Looked at beforehand.</param>
    /// <exception cref="InvalidOperationException">The method's output has another shape, or values that are not finite.</exception>
    public Tensor Run(EvaluationMethod method, int start, int count, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = new TensorScope();
        Tensor originals = set.Originals(start, count);
        Tensor output = method.Extend(set.Batch(start, count)).To(Device.Cpu).To(DType.Float32);
        if (!output.Shape.AsSpan().SequenceEqual(originals.Shape))
            throw new InvalidOperationException(
                $"{method.Name} returned [{string.Join(", ", output.Shape)}] instead of [{string.Join(", ", originals.Shape)}].");
        if (!double.IsFinite(output.Sum().Item()))
            throw new InvalidOperationException($"{method.Name} returned values that are not finite.");
        return scope.Keep(PixelRange.FromBytes(PixelRange.ToBytes((output * mask) + (originals * (1 - mask)))));
    }

    /// <summary>Releases the originals' features.</summary>
    public void Dispose() => fid?.Dispose();

    private IEnumerable<PhotoScore> Score(Tensor output, int start)
    {
        using Tensor originals = set.Originals(start, (int)output.Size(0));
        double[] psnr = Psnr.Compute(output, originals, mask);
        double[] ssim = Ssim.Compute(output, originals, mask);
        double[] l1 = L1Metric.Compute(output, originals, mask);
        double[]? perceptual = lpips?.Compute(output, originals);
        Ratio[] seam = SeamMetric.Compute(output, mask);
        double[] colourStep = ColourStep.Compute(output, mask);
        Ratio[] texture = TextureMetric.Compute(output, mask);
        double[] mirror = MirrorMetric.Compute(output, mask);
        return psnr.Select((_, i) => new PhotoScore(
            set.Keys[start + i], psnr[i], ssim[i], l1[i], perceptual?[i], seam[i], colourStep[i], texture[i], mirror[i]));
    }

    private IEnumerable<(int Start, int Count)> Batches(CancellationToken cancellation)
    {
        for (int start = 0; start < set.Count; start += batchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return (start, Math.Min(batchSize, set.Count - start));
        }
    }
}
