using Outpaint.Data;
using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>Test cases made from photos by one protocol.</summary>
public sealed class EvaluationSet : IDisposable
{
    private readonly Tensor originals;

    /// <summary>Takes over originals that are made already.</summary>
    /// <param name="protocol">Which of their pixels are known; the caller disposes it.</param>
    /// <param name="keys">The photos' names, without extension.</param>
    /// <param name="originals">UInt8 [N, 3, canvas, canvas], disposed with the set.</param>
    public EvaluationSet(OutpaintProtocol protocol, IReadOnlyList<string> keys, Tensor originals) =>
        (Protocol, Keys, this.originals) = (protocol, keys, originals);

    /// <summary>How the photos became test cases.</summary>
    public OutpaintProtocol Protocol { get; }

    /// <summary>The photos' names: path within folder or shard, without extension.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>How many photos there are.</summary>
    public int Count => Keys.Count;

    /// <summary>Makes test cases of the first photos of a data set.</summary>
    /// <param name="dataset">The photos.</param>
    /// <param name="protocol">What to make of them; the caller disposes it.</param>
    /// <param name="limit">How many at most; null for all.</param>
    public static EvaluationSet From(ImageDataset dataset, OutpaintProtocol protocol, int? limit = null)
    {
        int count = Math.Min(dataset.Count, limit ?? int.MaxValue);
        Tensor originals = Tensor.Zeros([count, 3, protocol.CanvasSize, protocol.CanvasSize], DType.UInt8);
        for (int i = 0; i < count; i++)
        {
            (int width, int height) = dataset.Size(i);
            using Tensor original = protocol.Original(dataset.Pixels(i), width, height);
            using Tensor place = originals[i];
            place.Copy_(original);
        }

        return new EvaluationSet(protocol, [.. Enumerable.Range(0, count).Select(i => Key(dataset.Name(i)))], originals);
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

    // "shard.tar/key.webp" or "folder/key.jpg": the shard says nothing about the sample, the folder does.
    private static string Key(string name)
    {
        int shard = name.IndexOf(".tar/", StringComparison.OrdinalIgnoreCase);
        return Path.ChangeExtension(shard < 0 ? name : name[(shard + 5)..], null);
    }
}
