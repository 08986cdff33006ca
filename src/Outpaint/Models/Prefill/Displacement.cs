using Outpaint.Torch;

namespace Outpaint.Models.Prefill;

/// <summary>Bends what is in the hole.</summary>
internal static class Displacement
{
    /// <summary>Takes each pixel of the hole from elsewhere, from the nearest pixel there; beyond the canvas it is mirrored.</summary>
    /// <param name="prefilled">[N, 3, H, W].</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole.</param>
    /// <param name="shift">How many pixels to the right and down of it each one comes from, [N, 2, H, W].</param>
    /// <returns>[N, 3, H, W]; the known part is unchanged.</returns>
    internal static Tensor Apply(Tensor prefilled, Tensor mask, Tensor shift)
    {
        long height = prefilled.Size(2), width = prefilled.Size(3);
        Tensor columns = Tensor.Arange(0, width, DType.Float32, mask.Device).Reshape(1, 1, 1, width);
        Tensor rows = Tensor.Arange(0, height, DType.Float32, mask.Device).Reshape(1, 1, height, 1);
        // grid_sample's coordinates are -1 at the first pixel's centre and 1 at the last one's.
        Tensor x = ((columns + shift.Narrow(1, 0, 1)) * (2.0 / Math.Max(1, width - 1))) - 1;
        Tensor y = ((rows + shift.Narrow(1, 1, 1)) * (2.0 / Math.Max(1, height - 1))) - 1;
        Tensor places = Tensor.Cat([x, y], 1).Permute(0, 2, 3, 1);
        const long nearest = 1, reflection = 2;
        Tensor bent = Dispatcher.Call("grid_sampler_2d", prefilled, places, nearest, reflection, /* align_corners: */ true);
        return (prefilled + ((bent - prefilled) * mask)).ForConvolution();
    }
}
