using Outpaint.Torch;

namespace Outpaint.Metrics.Fid;

/// <summary>The Inception features of a set of images, collected batch by batch.</summary>
internal sealed class FidFeatures(InceptionFeatures network) : IDisposable
{
    private readonly List<Tensor[]> batches = [];

    /// <summary>Adds images, [N, 3, H, W] in [-1, 1].</summary>
    public void Add(Tensor images)
    {
        Tensor[] features = network.Compute(images);
        foreach (Tensor depth in features)
            TensorScope.Release(depth);
        batches.Add(features);
    }

    /// <summary>One score for each depth at which the network has features: 768, then 2048.</summary>
    /// <param name="originals">The same photos' originals, in the same order.</param>
    public FidScore[] Against(FidFeatures originals)
    {
        using var scope = new TensorScope();
        return [.. Depths().Zip(originals.Depths(), Score)];
    }

    /// <summary>Releases the features.</summary>
    public void Dispose()
    {
        foreach (Tensor depth in batches.SelectMany(features => features))
            depth.Dispose();
    }

    private IEnumerable<Tensor> Depths() =>
        Enumerable.Range(0, batches[0].Length).Select(depth => Tensor.Cat([.. batches.Select(features => features[depth])], 0));

    private static FidScore Score(Tensor outputs, Tensor originals)
    {
        double? halves = outputs.Size(0) < 4
            ? null
            : (Distance(EveryOther(outputs, 0), EveryOther(originals, 1)) + Distance(EveryOther(outputs, 1), EveryOther(originals, 0))) / 2;
        return new FidScore(Distance(outputs, originals), halves);
    }

    private static Tensor EveryOther(Tensor rows, long first) => Dispatcher.Call("slice.Tensor", rows, 0L, first, rows.Size(0), 2L);

    private static double Distance(Tensor left, Tensor right)
    {
        using var leftStatistics = FeatureStatistics.Of(left);
        using var rightStatistics = FeatureStatistics.Of(right);
        return FrechetDistance.Between(leftStatistics, rightStatistics);
    }
}
