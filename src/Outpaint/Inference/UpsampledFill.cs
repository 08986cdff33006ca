namespace Outpaint.Inference;

/// <summary>
/// The model's canvas enlarged to the extended canvas, row by row: only the horizontal pass is kept, so that memory
/// grows with the width of the large canvas and not with its area.
/// </summary>
internal sealed class UpsampledFill : IFill
{
    private readonly int width;
    private readonly float[] stretched;
    private readonly ResamplingAxis rows;

    /// <summary>Aligns the pictures on both canvases: sample positions follow from where they lie.</summary>
    public UpsampledFill(FloatImage fill, WorkingCanvas working, CanvasGeometry canvas)
    {
        width = canvas.Width;
        rows = ResamplingAxis.Cubic(canvas.Height, fill.Height, working.Rows(canvas).ToSmall);
        var columns = ResamplingAxis.Cubic(canvas.Width, fill.Width, working.Columns(canvas).ToSmall);
        stretched = new float[fill.Height * width * 3];
        Parallel.For(0, fill.Height, row => columns.Resample(fill.Row(row), stretched.AsSpan(row * width * 3, width * 3)));
    }

    /// <inheritdoc/>
    public void Read(int y, int from, Span<float> values)
    {
        ReadOnlySpan<int> indices = rows.Indices(y);
        ReadOnlySpan<float> weights = rows.Weights(y);
        values.Clear();
        for (int tap = 0; tap < weights.Length; tap++)
            Samples.AddScaled(values, stretched.AsSpan(((indices[tap] * width) + from) * 3), weights[tap]);
    }
}
