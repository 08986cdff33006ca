using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Tests.Inference;

/// <summary>A model that paints each pixel of the hole in the grey that a function of its place gives.</summary>
internal sealed class FakeInpainter(Func<int, int, byte> grey) : IInpainter
{
    public int Stride => 8;

    public int PreferredSide => 192;

    public List<(int Width, int Height)> Canvases { get; } = [];

    /// <summary>Paints the hole in one grey.</summary>
    public static FakeInpainter Grey(byte value) => new((_, _) => value);

    public RgbImage Inpaint(RgbImage canvas, ReadOnlySpan<bool> hole, int seed = 0, CancellationToken cancellation = default)
    {
        Canvases.Add((canvas.Width, canvas.Height));
        var filled = new RgbImage(canvas.Width, canvas.Height);
        for (int i = 0; i < filled.Pixels.Length; i++)
            filled.Pixels[i] = hole[i / 3] ? grey(i / 3 % canvas.Width, i / 3 / canvas.Width) : canvas.Pixels[i];
        return filled;
    }

    public void Dispose()
    {
    }
}
