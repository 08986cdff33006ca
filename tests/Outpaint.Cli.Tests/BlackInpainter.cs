using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Cli.Tests;

/// <summary>A model that leaves every hole black.</summary>
internal sealed class BlackInpainter : IInpainter
{
    public int Stride => 8;

    public int PreferredSide => 192;

    public RgbImage Inpaint(RgbImage canvas, ReadOnlySpan<bool> hole) => canvas;

    public void Dispose()
    {
    }
}
