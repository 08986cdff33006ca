using Outpaint.Imaging;
using Outpaint.Inference.Seam;

namespace Outpaint.Inference;

/// <summary>Lays a fill around a picture, whose own pixels stay as they are. Beyond the result, it takes memory for rows only.</summary>
/// <param name="picture">The picture.</param>
/// <param name="fill">What is around it.</param>
/// <param name="canvas">Where the picture lies.</param>
/// <param name="seam">Makes the two meet.</param>
internal sealed class FillJoin(RgbImage picture, IFill fill, CanvasGeometry canvas, SeamCorrection seam)
{
    private const int RowsPerReport = 64;

    /// <summary>Makes the extended picture.</summary>
    /// <param name="report">Told the share of rows that are done, now and then, from any thread.</param>
    /// <param name="cancellation">Looked at between rows.</param>
    public RgbImage Run(Action<double> report, CancellationToken cancellation)
    {
        var joined = new RgbImage(canvas.Width, canvas.Height);
        int rows = 0;
        var options = new ParallelOptions { CancellationToken = cancellation };
        ParallelLoop.Run(() => Parallel.For(0, canvas.Height, options, () => new float[canvas.Width * 3], (y, _, buffer) =>
        {
            JoinRow(y, joined.Pixels.AsSpan(y * canvas.Width * 3, canvas.Width * 3), buffer);
            int done = Interlocked.Increment(ref rows);
            if (done % RowsPerReport == 0 || done == canvas.Height)
                report(done / (double)canvas.Height);
            return buffer;
        }, _ => { }));
        return joined;
    }

    private void JoinRow(int y, Span<byte> row, float[] buffer)
    {
        int inside = y - canvas.Top;
        if (inside < 0 || inside >= picture.Height)
        {
            Fill(y, 0, row, buffer);
            return;
        }
        int start = canvas.Left * 3, length = picture.Width * 3;
        Fill(y, 0, row[..start], buffer);
        picture.Pixels.AsSpan(inside * length, length).CopyTo(row[start..]);
        Fill(y, canvas.Left + picture.Width, row[(start + length)..], buffer);
    }

    private void Fill(int y, int from, Span<byte> pixels, float[] buffer)
    {
        Span<float> values = buffer.AsSpan(0, pixels.Length);
        fill.Read(y, from, values);
        seam.AddTo(y, from, values);
        for (int i = 0; i < values.Length; i++)
            pixels[i] = (byte)Math.Clamp(values[i] + 0.5f, 0, 255);
    }
}
