using Outpaint.Imaging;

namespace Outpaint.Inference;

/// <summary>
/// The model's canvas enlarged to the extended canvas, row by row: only the horizontal pass is kept, so that memory
/// grows with the width of the large canvas and not with its area.
/// </summary>
internal sealed class UpsampledFill
{
    private readonly int width;
    private readonly float[] stretched;
    private readonly CubicAxis rows;

    /// <summary>Aligns the pictures on both canvases: sample positions follow from where they lie.</summary>
    public UpsampledFill(RgbImage fill, WorkingCanvas working, CanvasGeometry canvas)
    {
        width = canvas.Width;
        rows = new CubicAxis(canvas.Height, fill.Height,
            y => working.Top - 0.5 + ((y - canvas.Top + 0.5) * working.KnownHeight / canvas.SourceHeight));
        var columns = new CubicAxis(canvas.Width, fill.Width,
            x => working.Left - 0.5 + ((x - canvas.Left + 0.5) * working.KnownWidth / canvas.SourceWidth));
        stretched = new float[fill.Height * width * 3];
        Parallel.For(0, fill.Height, row => Stretch(
            fill.Pixels.AsSpan(row * fill.Width * 3, fill.Width * 3), columns, stretched.AsSpan(row * width * 3, width * 3)));
    }

    /// <summary>Interpolates a piece of one row of the extended canvas: interleaved red, green, blue around 0..255.</summary>
    /// <param name="y">The row.</param>
    /// <param name="from">The first column.</param>
    /// <param name="values">Receives three values per column.</param>
    public void Read(int y, int from, Span<float> values)
    {
        ReadOnlySpan<int> indices = rows.Indices(y);
        ReadOnlySpan<float> weights = rows.Weights(y);
        ReadOnlySpan<float> first = Piece(indices[0]), second = Piece(indices[1]), third = Piece(indices[2]), fourth = Piece(indices[3]);
        for (int i = 0; i < values.Length; i++)
            values[i] = (weights[0] * first[i]) + (weights[1] * second[i]) + (weights[2] * third[i]) + (weights[3] * fourth[i]);

        ReadOnlySpan<float> Piece(int row) => stretched.AsSpan(((row * width) + from) * 3);
    }

    private static void Stretch(ReadOnlySpan<byte> samples, CubicAxis columns, Span<float> row)
    {
        for (int x = 0; x < row.Length / 3; x++)
        {
            ReadOnlySpan<int> indices = columns.Indices(x);
            ReadOnlySpan<float> weights = columns.Weights(x);
            for (int channel = 0; channel < 3; channel++)
            {
                float sum = 0;
                for (int tap = 0; tap < CubicAxis.Taps; tap++)
                    sum += weights[tap] * samples[(indices[tap] * 3) + channel];
                row[(x * 3) + channel] = sum;
            }
        }
    }
}
