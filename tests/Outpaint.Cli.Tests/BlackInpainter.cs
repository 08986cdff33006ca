using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Cli.Tests;

/// <summary>A model that leaves every hole black.</summary>
internal sealed class BlackInpainter : IInpainter
{
    public int Stride => 8;

    public int PreferredSide => 192;

    /// <summary>Called for each canvas.</summary>
    public Action Filling { get; init; } = () => { };

    /// <summary>Called with the seed of each canvas.</summary>
    public Action<int> Seeded { get; init; } = _ => { };

    public RgbImage Inpaint(RgbImage canvas, ReadOnlySpan<bool> hole, int seed = 0, CancellationToken cancellation = default)
    {
        Filling();
        Seeded(seed);
        return canvas;
    }

    public void Dispose()
    {
    }
}
