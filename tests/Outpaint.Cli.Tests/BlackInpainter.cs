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

    public RgbImage Inpaint(RgbImage canvas, ReadOnlySpan<bool> hole)
    {
        Filling();
        return canvas;
    }

    public void Dispose()
    {
    }
}
