using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>The mask of an extended picture.</summary>
internal static class HoleMask
{
    /// <summary>White where pixels are new, black where they are the picture's own, grey between in a feather.</summary>
    public static RgbImage Draw(Photo photo, CanvasGeometry canvas, int feather)
    {
        byte[]? opacity = feather == 0 ? null : Feather.Opacity(photo.ToDeviceRgb(), canvas, feather);
        var mask = new RgbImage(canvas.Width, canvas.Height);
        mask.Pixels.AsSpan().Fill(byte.MaxValue);
        for (int i = 0; i < canvas.SourceWidth * canvas.SourceHeight; i++)
        {
            int place = ((canvas.Top + (i / canvas.SourceWidth)) * canvas.Width) + canvas.Left + (i % canvas.SourceWidth);
            mask.Pixels.AsSpan(place * 3, 3).Fill((byte)(byte.MaxValue - (opacity?[i] ?? byte.MaxValue)));
        }
        return mask;
    }
}
