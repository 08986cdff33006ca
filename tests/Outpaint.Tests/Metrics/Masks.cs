using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

/// <summary>Masks [1, 1, H, W] and images made for the tests.</summary>
internal static class Masks
{
    /// <summary>The left half known, the right half hole.</summary>
    public static Tensor RightHalf(int side) => FromColumns(side, x => x < side / 2 ? 0 : 1);

    /// <summary>A one-channel image whose columns are constant.</summary>
    public static Tensor FromColumns(int side, Func<int, double> column)
    {
        float[] values = [.. Enumerable.Range(0, side * side).Select(i => (float)column(i % side))];
        return Tensor.From(values, 1, 1, side, side);
    }

    /// <summary>The same on three channels.</summary>
    public static Tensor GreyColumns(int side, Func<int, double> column) => FromColumns(side, column).Expand(1, 3, side, side).Contiguous();

    /// <summary>One colour, given in 0..255, as [1, 3, side, side] in [-1, 1].</summary>
    public static Tensor Colour(int side, int red, int green, int blue) =>
        (Tensor.From([red / 127.5f - 1, green / 127.5f - 1, blue / 127.5f - 1], 1, 3, 1, 1)).Expand(1, 3, side, side).Contiguous();
}
