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
        Parallel.For(0, fill.Height, row => Stretch(fill.Row(row), columns, stretched.AsSpan(row * width * 3, width * 3)));
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

    private static void Stretch(ReadOnlySpan<float> samples, ResamplingAxis columns, Span<float> row)
    {
        for (int x = 0; x < row.Length / 3; x++)
        {
            ReadOnlySpan<int> indices = columns.Indices(x);
            ReadOnlySpan<float> weights = columns.Weights(x);
            for (int channel = 0; channel < 3; channel++)
            {
                float sum = 0;
                for (int tap = 0; tap < weights.Length; tap++)
                    sum += weights[tap] * samples[(indices[tap] * 3) + channel];
                row[(x * 3) + channel] = sum;
            }
        }
    }
}
