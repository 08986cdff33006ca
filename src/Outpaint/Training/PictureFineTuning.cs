using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;
using Outpaint.Training.Batches;
using Outpaint.Training.Runs;

namespace Outpaint.Training;

/// <summary>
/// Fine-tunes a generator on the one picture that it is to extend: it extends crops of it, and what lies around them in the picture
/// is what had to come out. Of cups, windows or a crowd, which photos of scenery do not show, the picture itself says most (internal
/// learning, as in Shocher et al. 2018, "Zero-Shot" Super-Resolution using Deep Internal Learning).
/// </summary>
public static class PictureFineTuning
{
    // The side of the canvases, on which crops of half to all of the picture's short side lie: about as coarse as the picture is
    // when all of it is extended on one of 192. Of that size itself, they bring as much and take twice the time.
    private const int CanvasSide = 128;
    private const double SmallestCrop = 0.5;

    // As long a short side gives crops enough, which are shrunk in each step.
    private const int LongestShortSide = 4 * CanvasSide;

    private const int BatchSize = 8;

    // Images after which weights count half in the average, relative to all that are shown.
    private const double HalfLife = 0.3;

    /// <summary>Fine-tunes a generator; on a GPU where libtorch sees one.</summary>
    /// <remarks>It sets libtorch up for the whole process, as <see cref="Trainer"/> does.</remarks>
    /// <param name="weights">The generator's file; the discriminators that it was trained against lie beside it.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="steps">Batches of 8 crops to learn from; 30 are usual (docs/resolution.md).</param>
    /// <param name="seed">Seed of crops, flips and holes: the same one, the same generator.</param>
    /// <param name="progress">Told the share that is done, 0 to 1, after each step.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>The generator, on the CPU and ready for use; the caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than one step.</exception>
    /// <exception cref="TrainingException">There are no discriminators beside the weights, or it diverged.</exception>
    /// <exception cref="WeightsFormatException">A file is damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public static Generator Run(
        string weights, RgbImage picture, int steps, int seed = 0, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        RgbImage shown = Shrink(picture);
        TrainingOptions options = Options(weights, Math.Min(shown.Width, shown.Height), steps, seed);
        Device device = DeviceSelection.Choose(options.Device);
        TorchRuntime.UseAllCores();
        TorchRuntime.TuneForLongRuns();
        using FeatureNetworks none = FeatureNetworks.Load(options, device);
        using var networks = new TrainingNetworks(options, none.DiscriminatorChannels, device);
        StartingPoint.Load(weights, networks);
        using ImageDataset dataset = ImageDataset.Of([.. Enumerable.Repeat(shown, BatchSize)]);
        using IPhotoSource photos = PhotoPlacement.Choose(dataset, options, device);
        using var batches = new BatchPrefetcher(new BatchSampler(dataset, options), photos, 0, steps);
        var step = new TrainingStep(options, networks, none, device, DeviceSelection.UseBf16(options.Precision, device));
        for (int done = 0; done < steps; done++)
        {
            cancellation.ThrowIfCancellationRequested();
            using TrainingBatch batch = batches.Next();
            step.Run(batch, done, (long)done * BatchSize).Dispose();
            progress?.Report((done + 1.0) / steps);
        }
        return networks.AreFinite()
            ? Generator.ForUse(networks.Average.Options, networks.Average.StateDict())
            : throw new TrainingException("Fine-tuning diverged; take fewer steps or another seed, or extend the picture without it.");
    }

    /// <summary>Makes sure that weights can be fine-tuned.</summary>
    /// <param name="weights">The generator's file.</param>
    /// <inheritdoc cref="Run" path="/exception[@cref='TrainingException' or @cref='WeightsFormatException']"/>
    public static void Require(string weights) => StartingPoint.DiscriminatorWidth(weights);

    private static RgbImage Shrink(RgbImage picture)
    {
        double scale = LongestShortSide / (double)Math.Min(picture.Width, picture.Height);
        return scale < 1 ? picture.Resize((int)Math.Round(picture.Width * scale), (int)Math.Round(picture.Height * scale)) : picture;
    }

    private static TrainingOptions Options(string weights, int shortSide, int steps, int seed)
    {
        using Generator start = GeneratorFile.Load(weights);
        double largest = shortSide / (double)CanvasSide;
        return new TrainingOptions
        {
            InitWeights = weights,
            GeneratorWidth = start.Options.Width,
            GeneratorDepth = start.Options.Depth,
            DiscriminatorWidth = StartingPoint.DiscriminatorWidth(weights),
            // Their networks are large, and have to be looked for; without them it learns as well (docs/resolution.md).
            PerceptualWeight = 0,
            ProjectedWeight = 0,
            WarmUpSteps = 0,
            ImageSize = CanvasSide,
            BatchSize = BatchSize,
            EmaHalfLife = HalfLife * BatchSize * steps,
            CropScaleMin = SmallestCrop * largest,
            CropScaleMax = largest,
            Seed = seed,
        };
    }
}
