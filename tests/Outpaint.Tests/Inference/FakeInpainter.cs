using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Tests.Inference;

/// <summary>A model whose output for each pixel of its canvas is a given function.</summary>
internal sealed class FakeInpainter(Func<RgbImage, bool[], RgbImage> fill) : IInpainter
{
    public int Stride => 8;

    public int PreferredSide => 192;

    public List<(int Width, int Height)> Canvases { get; } = [];

    /// <summary>Paints the whole canvas, or only its hole, in one grey.</summary>
    public static FakeInpainter Grey(byte value, bool holeOnly = false) => new((canvas, hole) =>
    {
        var filled = new RgbImage(canvas.Width, canvas.Height);
        for (int i = 0; i < filled.Pixels.Length; i++)
            filled.Pixels[i] = holeOnly && !hole[i / 3] ? canvas.Pixels[i] : value;
        return filled;
    });

    public RgbImage Inpaint(RgbImage canvas, ReadOnlySpan<bool> hole)
    {
        Canvases.Add((canvas.Width, canvas.Height));
        return fill(canvas, hole.ToArray());
    }

    public void Dispose()
    {
    }
}
