using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>Draws one rectangle per canvas.</summary>
internal static class RectangleMask
{
    /// <summary>1 outside each canvas's rectangle and 0 inside, [N, 1, size, size].</summary>
    internal static Tensor Outside(IReadOnlyList<Rectangle> rectangles, int size, Device device)
    {
        using TensorScope scope = new();
        Tensor index = Tensor.Arange(0, size, DType.Float32, device);
        Tensor rows = OutsideSpan(index, rectangles.Select(r => (r.Top, r.Bottom))).Reshape(-1, 1, size, 1);
        Tensor columns = OutsideSpan(index, rectangles.Select(r => (r.Left, r.Right))).Reshape(-1, 1, 1, size);
        return scope.Keep(Dispatcher.Call("maximum", rows, columns));
    }

    // 1 where the index lies before the start or not before the end, [N, size].
    private static Tensor OutsideSpan(Tensor index, IEnumerable<(int Start, int End)> spans)
    {
        float[] starts = [.. spans.Select(span => (float)span.Start)], ends = [.. spans.Select(span => (float)span.End)];
        Tensor before = Dispatcher.Call("lt.Tensor", index, Tensor.From(starts, starts.Length, 1).To(index.Device));
        Tensor behind = Dispatcher.Call("ge.Tensor", index, Tensor.From(ends, ends.Length, 1).To(index.Device));
        return Dispatcher.Call("logical_or", before, behind).To(DType.Float32);
    }
}
