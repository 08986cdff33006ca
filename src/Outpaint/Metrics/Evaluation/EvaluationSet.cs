using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Models;
using Outpaint.Torch;

namespace Outpaint.Metrics.Evaluation;

/// <summary>Test cases made from photos by one protocol.</summary>
public sealed class EvaluationSet : IDisposable
{
    private const int DecodedAtATime = 32;

    // Larger photos are shrunk while they are decoded, which costs less memory and changes nothing that can be seen.
    private const int DecodedPerCanvasSide = 4;

    private readonly Tensor originals;

    /// <summary>Takes over originals that are made already.</summary>
    /// <param name="protocol">Which of their pixels are known; the caller disposes it.</param>
    /// <param name="keys">The photos' names, without extension.</param>
    /// <param name="originals">UInt8 [N, 3, canvas, canvas], disposed with the set.</param>
    public EvaluationSet(OutpaintProtocol protocol, IReadOnlyList<string> keys, Tensor originals) =>
        (Protocol, Keys, this.originals) = (protocol, keys, TensorScope.Release(originals));

    /// <summary>How the photos became test cases.</summary>
    public OutpaintProtocol Protocol { get; }

    /// <summary>The photos' names: path within folder or shard, without extension.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>How many photos there are.</summary>
    public int Count => Keys.Count;

    /// <summary>Makes test cases of photos. Of each only the original is kept, so that memory is that of the canvases.</summary>
    /// <param name="photos">The photos, as <see cref="ImageSource.Find"/> lists them.</param>
    /// <param name="protocol">What to make of them; the caller disposes it.</param>
    /// <param name="limit">How many at most, those that cannot be read not counted; null for all.</param>
    /// <param name="onSkipped">Told of each photo that cannot be read.</param>
    /// <param name="cancellation">Looked at between photos.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1.</exception>
    /// <exception cref="DataException">There is no photo, or none can be read.</exception>
    public static EvaluationSet Load(
        IReadOnlyList<ImageEntry> photos,
        OutpaintProtocol protocol,
        int? limit = null,
        Action<SkippedImage>? onSkipped = null,
        CancellationToken cancellation = default)
    {
        if (limit is { } most)
            ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(limit));
        if (photos.Count == 0)
            throw new DataException("There are no photos to score on; name a folder or .tar shards.");
        int capacity = Math.Min(photos.Count, limit ?? int.MaxValue);
        var keys = new List<string>(capacity);
        using Tensor originals = Tensor.Zeros([capacity, 3, protocol.CanvasSize, protocol.CanvasSize], DType.UInt8);
        foreach (ImageEntry[] group in photos.Chunk(Math.Min(DecodedAtATime, capacity)).TakeWhile(_ => keys.Count < capacity))
        {
            foreach ((string name, RgbImage image) in Decode(group, protocol, onSkipped, cancellation).Take(capacity - keys.Count))
            {
                using Tensor original = protocol.Original(image.Pixels, image.Width, image.Height);
                using Tensor place = originals[keys.Count];
                place.Copy_(original);
                keys.Add(Key(name));
            }
        }

        if (keys.Count == 0)
            throw new DataException($"None of the {photos.Count} pictures can be read; give whole {PictureFormat.Names} files.");
        return new EvaluationSet(protocol, keys, originals.Narrow(0, 0, keys.Count));
    }

    /// <summary>Some photos' originals, [count, 3, canvas, canvas] in [-1, 1].</summary>
    public Tensor Originals(int start, int count)
    {
        using Tensor bytes = originals.Narrow(0, start, count);
        return PixelRange.FromBytes(bytes);
    }

    /// <summary>What a method is given for these photos.</summary>
    public EvaluationBatch Batch(int start, int count)
    {
        using Tensor whole = Originals(start, count);
        using Tensor known = 1 - Protocol.Mask;
        Tensor mask = Protocol.Mask.Expand(count, 1, Protocol.CanvasSize, Protocol.CanvasSize);
        return new EvaluationBatch([.. Keys.Skip(start).Take(count)], whole * known, mask);
    }

    /// <summary>Releases the originals.</summary>
    public void Dispose() => originals.Dispose();

    private static IEnumerable<(string Name, RgbImage Image)> Decode(
        ImageEntry[] entries, OutpaintProtocol protocol, Action<SkippedImage>? onSkipped, CancellationToken cancellation)
    {
        var images = new RgbImage?[entries.Length];
        var problems = new string?[entries.Length];
        ParallelLoop.Run(() => Parallel.For(0, entries.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                images[i] = entries[i].Decode(DecodedPerCanvasSide * protocol.CanvasSize);
            }
            catch (PictureException e)
            {
                problems[i] = e.Problem;
            }
        }));
        for (int i = 0; i < entries.Length; i++)
        {
            if (images[i] is { } image)
                yield return (entries[i].Name, image);
            else
                onSkipped?.Invoke(new SkippedImage(entries[i].Name, problems[i]!));
        }
    }

    // "shard.tar/key.webp" or "folder/key.jpg": the shard says nothing about the sample, the folder does.
    private static string Key(string name)
    {
        int shard = name.IndexOf(".tar/", StringComparison.OrdinalIgnoreCase);
        return Path.ChangeExtension(shard < 0 ? name : name[(shard + 5)..], null);
    }
}
