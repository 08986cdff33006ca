using Outpaint.Torch;

namespace Outpaint.Models.Blocks;

/// <summary>Enlarges feature maps by repeating their cells.</summary>
internal static class NearestUpsampling
{
    /// <summary>Enlarges a map.</summary>
    /// <param name="map">[N, C, h, w].</param>
    /// <param name="height">H, the height wanted.</param>
    /// <param name="width">W, the width wanted.</param>
    /// <returns>[N, C, H, W], of the same type.</returns>
    internal static Tensor Enlarge(Tensor map, long height, long width)
    {
        // Copying needs no precision, but autocast would run it in single precision.
        using Autocast inOwnType = new(map.Device.Type, null);
        return Dispatcher.Call("upsample_nearest2d", map, new[] { height, width }, Argument.None, Argument.None);
    }
}
