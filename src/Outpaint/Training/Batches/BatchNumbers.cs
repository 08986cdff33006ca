using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;
using Outpaint.Training.Masks;

namespace Outpaint.Training.Batches;

/// <summary>
/// The numbers of a plan on the device, in one transfer: each one that is waited for would cost a GPU more than it
/// takes. In double precision, which holds all integers among them.
/// </summary>
internal sealed class BatchNumbers
{
    private const int FirstOfWarp = 10;

    private readonly Tensor rows; // [10 or 10 + PrefillWarp.Count, N]

    /// <summary>Sends a plan for canvases of a size to a device.</summary>
    internal BatchNumbers(BatchPlan plan, int size, Device device) => rows = Send(device,
    [
        [.. plan.Crops.Select(crop => (double)crop.Photo)],
        [.. plan.Crops.Select(crop => (double)crop.Left)],
        [.. plan.Crops.Select(crop => (double)crop.Top)],
        [.. plan.Crops.Select(crop => (double)crop.Side)],
        [.. plan.Flipped.Select(flipped => flipped ? 1.0 : 0)],
        [.. plan.Margins.Select(hole => (double)hole.Left)],
        [.. plan.Margins.Select(hole => (double)hole.Top)],
        [.. plan.Margins.Select(hole => (double)size - hole.Right)],
        [.. plan.Margins.Select(hole => (double)size - hole.Bottom)],
        plan.Gammas ?? [.. plan.Crops.Select(_ => 1.0)],
        .. WarpRows(plan.Warps),
    ]);

    /// <summary>Each crop's photo, [N], Int64.</summary>
    internal Tensor Photo => rows[0].To(DType.Int64);

    /// <summary>Each crop's first column, [N], Int64.</summary>
    internal Tensor Left => rows[1].To(DType.Int64);

    /// <summary>Each crop's first row, [N], Int64.</summary>
    internal Tensor Top => rows[2].To(DType.Int64);

    /// <summary>Each crop's side in pixels, [N], Float64.</summary>
    internal Tensor Side => rows[3];

    /// <summary>Whether each canvas is mirrored, [N], Bool.</summary>
    internal Tensor Flipped => rows[4].To(DType.Bool);

    /// <summary>Each canvas's known rectangle as <see cref="RectangleMask.Outside"/> takes it.</summary>
    internal Tensor Known => rows.Narrow(0, 5, 4);

    /// <summary>Each canvas's exponent, [N], Float32.</summary>
    internal Tensor Gamma => rows[9].To(DType.Float32);

    /// <summary>What was drawn for <see cref="PrefillWarp"/>, [N, Count], Float32; null for nothing.</summary>
    internal Tensor? Warp => rows.Size(0) > FirstOfWarp
        ? rows.Narrow(0, FirstOfWarp, PrefillWarp.Count).To(DType.Float32).Permute(1, 0).Contiguous()
        : null;

    /// <summary>Sends equally long rows to a device together: [rows, N], Float64.</summary>
    internal static Tensor Send(Device device, params double[][] rows) =>
        Tensor.From(rows.SelectMany(row => row).ToArray(), rows.Length, rows[0].Length).Upload(device);

    private static IEnumerable<double[]> WarpRows(double[][]? warps) => warps is null
        ? []
        : Enumerable.Range(0, PrefillWarp.Count).Select(number => warps.Select(warp => warp[number]).ToArray());
}
