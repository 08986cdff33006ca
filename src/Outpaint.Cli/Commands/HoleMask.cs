using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Cli.Commands;

/// <summary>The mask of an extended picture.</summary>
internal static class HoleMask
{
    /// <summary>White where pixels are new, black where the picture lies.</summary>
    public static RgbImage Draw(CanvasGeometry canvas)
    {
        var mask = new RgbImage(canvas.Width, canvas.Height);
        mask.Pixels.AsSpan().Fill(byte.MaxValue);
        for (int row = canvas.Top; row < canvas.Top + canvas.SourceHeight; row++)
            mask.Pixels.AsSpan(((row * canvas.Width) + canvas.Left) * 3, canvas.SourceWidth * 3).Clear();
        return mask;
    }
}
