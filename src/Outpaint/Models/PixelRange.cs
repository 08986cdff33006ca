using Outpaint.Imaging;
using Outpaint.Torch;

namespace Outpaint.Models;

/// <summary>Between 8-bit pixels and the networks' range.</summary>
internal static class PixelRange
{
    /// <summary>0..255 to [-1, 1].</summary>
    public static Tensor FromBytes(Tensor bytes)
    {
        using var scope = new TensorScope();
        return scope.Keep((bytes.To(DType.Float32) / 127.5) - 1);
    }

    /// <summary>[-1, 1] to the nearest of 0..255; what lies outside is cut off.</summary>
    public static Tensor ToBytes(Tensor values)
    {
        using var scope = new TensorScope();
        return scope.Keep(((values + 1) * 127.5).Round().Clamp(0, 255).To(DType.UInt8));
    }

    /// <summary>A picture to [3, H, W] in [-1, 1].</summary>
    public static Tensor FromImage(RgbImage image)
    {
        using var scope = new TensorScope();
        return scope.Keep(FromBytes(Tensor.From(image.Pixels, image.Height, image.Width, 3).Permute(2, 0, 1)).Contiguous());
    }

    /// <summary>UInt8 [3, H, W] to a picture.</summary>
    public static RgbImage ToImage(Tensor bytes)
    {
        using var scope = new TensorScope();
        return new RgbImage((int)bytes.Size(2), (int)bytes.Size(1), bytes.Permute(1, 2, 0).Contiguous().ToArray<byte>());
    }
}
