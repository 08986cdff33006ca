using Outpaint.Torch;

namespace Outpaint.Metrics;

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
}
