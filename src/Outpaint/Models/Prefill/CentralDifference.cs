using Outpaint.Torch;

namespace Outpaint.Models.Prefill;

/// <summary>How steeply a picture changes.</summary>
internal static class CentralDifference
{
    /// <summary>Half the difference of both neighbours of each pixel along a dimension; 0 at the first and the last.</summary>
    /// <param name="image">[N, C, H, W].</param>
    /// <param name="dimension">2 for down, 3 for right.</param>
    internal static Tensor Along(Tensor image, int dimension)
    {
        long inner = image.Size(dimension) - 2;
        Tensor slope = (image.Narrow(dimension, 2, inner) - image.Narrow(dimension, 0, inner)) / 2;
        long[] padding = dimension == 3 ? [1, 1, 0, 0] : [0, 0, 1, 1];
        return Dispatcher.Call("constant_pad_nd", slope, padding, 0.0);
    }
}
