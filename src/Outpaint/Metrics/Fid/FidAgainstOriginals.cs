using Outpaint.Metrics.Evaluation;
using Outpaint.Torch;

namespace Outpaint.Metrics.Fid;

/// <summary>FID against a set's original photos, whose features are computed when they are first needed, and kept.</summary>
/// <param name="network">What makes the features.</param>
/// <param name="set">The photos, at least two.</param>
internal sealed class FidAgainstOriginals(InceptionFeatures network, EvaluationSet set) : IDisposable
{
    private FidFeatures? originals;

    /// <summary>A collection for the features of a method's images.</summary>
    public FidFeatures Collect() => new(network);

    /// <summary>The distances of all images of a method, at a depth of 768 and, where the network goes on, of 2048.</summary>
    /// <param name="features">Those of the images, in the photos' order.</param>
    /// <param name="batches">The photos in parts, each its first and how many.</param>
    public (FidScore? Early, FidScore? Late) Score(FidFeatures features, IEnumerable<(int Start, int Count)> batches) =>
        ByDepth(features.Against(Originals(batches)));

    /// <summary>The originals' own, of which the halves alone say something.</summary>
    /// <inheritdoc cref="Score"/>
    public (FidScore? Early, FidScore? Late) ScoreOriginals(IEnumerable<(int Start, int Count)> batches)
    {
        FidFeatures features = Originals(batches);
        return ByDepth(features.Against(features));
    }

    /// <summary>Releases the originals' features.</summary>
    public void Dispose() => originals?.Dispose();

    private static (FidScore? Early, FidScore? Late) ByDepth(FidScore[] scores) => (scores.ElementAtOrDefault(0), scores.ElementAtOrDefault(1));

    private FidFeatures Originals(IEnumerable<(int Start, int Count)> batches)
    {
        if (originals is not null)
            return originals;
        FidFeatures features = Collect();
        try
        {
            foreach ((int start, int count) in batches)
            {
                using Tensor photos = set.Originals(start, count);
                features.Add(photos);
            }
        }
        catch
        {
            features.Dispose();
            throw;
        }
        return originals = features;
    }
}
