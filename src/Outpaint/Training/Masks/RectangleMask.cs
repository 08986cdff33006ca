using Outpaint.Torch;

namespace Outpaint.Training.Masks;

/// <summary>Draws one rectangle per canvas.</summary>
internal static class RectangleMask
{
    /// <summary>1 outside each canvas's rectangle and 0 inside, [N, 1, size, size].</summary>
    /// <param name="rectangles">Left, top, right and bottom, [4, N], as <see cref="Rectangle"/> has them.</param>
    /// <param name="size">Side of the canvas in pixels.</param>
    internal static Tensor Outside(Tensor rectangles, int size)
    {
        using TensorScope scope = new();
        Tensor index = Tensor.Arange(0, size, DType.Float32, rectangles.Device);
        Tensor rows = OutsideSpan(index, rectangles[1], rectangles[3]).Reshape(-1, 1, size, 1);
        Tensor columns = OutsideSpan(index, rectangles[0], rectangles[2]).Reshape(-1, 1, 1, size);
        return scope.Keep(Dispatcher.Call("maximum", rows, columns));
    }

    // 1 where the index lies before the start or not before the end, [N, size].
    private static Tensor OutsideSpan(Tensor index, Tensor start, Tensor end)
    {
        Tensor before = Dispatcher.Call("lt.Tensor", index, start.Reshape(-1, 1));
        Tensor behind = Dispatcher.Call("ge.Tensor", index, end.Reshape(-1, 1));
        return Dispatcher.Call("logical_or", before, behind).To(DType.Float32);
    }
}
