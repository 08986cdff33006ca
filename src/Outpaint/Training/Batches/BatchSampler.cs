using Outpaint.Data;
using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Training.Masks;

namespace Outpaint.Training.Batches;

/// <summary>
/// Chooses photos, crops, flips and holes. A batch depends on the seed and the step's number only, so a resumed run
/// sees what it would have seen, and no generator state needs saving.
/// </summary>
internal sealed class BatchSampler
{
    private readonly ImageDataset dataset;
    private readonly TrainingOptions options;
    private readonly int size;
    private readonly int batchSize;
    private (long Epoch, int[] Order) shuffled = (-1, []);

    /// <summary>Draws from a data set.</summary>
    /// <exception cref="TrainingException">There are fewer photos than a batch needs.</exception>
    public BatchSampler(ImageDataset dataset, TrainingOptions options)
    {
        (this.dataset, this.options, size, batchSize) = (dataset, options, options.ImageSize, options.BatchSize);
        if (dataset.Count < batchSize)
            throw new TrainingException($"A batch of {batchSize} needs as many photos, but there are {dataset.Count}; add photos or lower --batch_size.");
    }

    /// <summary>Steps in one pass over the photos; the last, incomplete batch of a pass is left out.</summary>
    public long StepsPerEpoch => dataset.Count / batchSize;

    /// <summary>Draws a step, counted from 0. Not safe from several threads at once.</summary>
    public BatchPlan Sample(long step)
    {
        int[] order = Order(step / StepsPerEpoch);
        var random = SeededRandom(step);
        int first = (int)(step % StepsPerEpoch) * batchSize;
        int[] chosen = order[first..(first + batchSize)];
        int[] sides = [.. chosen.Select(index => CropSide(index, random))];
        return new BatchPlan(
            [.. chosen.Select((index, i) => Place(index, sides[i], random))],
            [.. chosen.Select(_ => random.Next(2) == 0)],
            [.. chosen.Select(_ => MaskSampler.Sample(random, size))])
        {
            // Of all strengths, so that the mirror image as it is stays among what the generator knows.
            Warps = options.PrefillWarp > 0 ? [.. chosen.Select(_ => PrefillWarp.Draw(random, options.PrefillWarp * random.NextDouble()))] : null,
            Gammas = options.GammaJitter > 0 ? [.. chosen.Select(_ => GammaJitter.Draw(random, options.GammaJitter))] : null,
            Augmentations = options.DiffAugment ? [.. chosen.Select(_ => Augmentation.Sample(random, size))] : null,
        };
    }

    // SplitMix64 (Steele et al. 2014): neighbouring streams must not resemble each other. HashCode differs between
    // processes, so it cannot serve.
    private Random SeededRandom(long stream)
    {
        ulong z = (ulong)stream + ((ulong)(uint)options.Seed << 32) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return new Random((int)(z ^ (z >> 31)));
    }

    /// <summary>Side of the largest crop that can be drawn from a photo, in its pixels.</summary>
    internal static int LargestCrop(ImageDataset dataset, int index, TrainingOptions options) =>
        CropLimit(dataset, index, options.ImageSize * options.CropScaleMax);

    // Larger than the canvas, to be shrunk to it, as photos come at several scales; a photo too small for that is taken whole.
    private int CropSide(int index, Random random) =>
        random.Next(CropLimit(dataset, index, size * options.CropScaleMin), LargestCrop(dataset, index, options) + 1);

    private static int CropLimit(ImageDataset dataset, int index, double side)
    {
        (int width, int height) = dataset.Size(index);
        return Math.Min(Math.Min(width, height), (int)side);
    }

    private Crop Place(int index, int side, Random random)
    {
        (int width, int height) = dataset.Size(index);
        return new Crop(index, random.Next(width - side + 1), random.Next(height - side + 1), side);
    }

    private int[] Order(long epoch)
    {
        if (shuffled.Epoch != epoch)
        {
            int[] order = [.. Enumerable.Range(0, dataset.Count)];
            SeededRandom(~epoch).Shuffle(order);
            shuffled = (epoch, order);
        }

        return shuffled.Order;
    }
}
