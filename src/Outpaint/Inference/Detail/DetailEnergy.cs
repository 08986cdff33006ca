using Outpaint.Imaging;

namespace Outpaint.Inference.Detail;

/// <summary>What a picture has beyond its small copy, for each pixel of that; one channel each, of the picture's size on the small canvas.</summary>
/// <param name="Squares">The mean square of the difference between the two.</param>
/// <param name="Steps">The mean square of by how much that changes within two pixels of a row: much of it where the picture is sharp.</param>
/// <param name="Octaves">How many octaves of detail the small copy lacks.</param>
internal readonly record struct DetailEnergy(FloatImage Squares, FloatImage Steps, double Octaves)
{
    // In values; across one pixel, a camera's noise would count for more.
    private const int StepLength = 2 * 3;

    /// <summary>Goes through the picture once.</summary>
    /// <param name="picture">The picture at full size.</param>
    /// <param name="enlarged">The small canvas enlarged.</param>
    /// <param name="canvas">Where the picture lies on the enlarged canvas.</param>
    /// <param name="known">Where the picture lies on the small canvas.</param>
    public static DetailEnergy Measure(RgbImage picture, UpsampledFill enlarged, CanvasGeometry canvas, KnownArea known)
    {
        double octaves = Math.Log2((double)picture.Width / known.Width * picture.Height / known.Height) / 2;
        var energy = new DetailEnergy(new FloatImage(known.Width, known.Height, 1), new FloatImage(known.Width, known.Height, 1), octaves);
        Parallel.For(0, known.Height, () => new float[picture.Width * 3], (row, _, differences) =>
        {
            int first = Share(row, picture.Height, known.Height), end = Share(row + 1, picture.Height, known.Height);
            for (int y = first; y < end; y++)
            {
                enlarged.Read(canvas.Top + y, canvas.Left, differences);
                Samples.SubtractFrom(picture.Pixels.AsSpan(y * picture.Width * 3, picture.Width * 3), differences);
                AddRow(differences, energy.Squares.Row(row), energy.Steps.Row(row), end - first);
            }
            return differences;
        }, _ => { });
        return energy;
    }

    private static void AddRow(ReadOnlySpan<float> differences, Span<float> squares, Span<float> steps, int rows)
    {
        for (int column = 0; column < squares.Length; column++)
        {
            int first = 3 * Share(column, differences.Length / 3, squares.Length), end = 3 * Share(column + 1, differences.Length / 3, squares.Length);
            float square = 0, step = 0;
            for (int i = first; i < end; i++)
            {
                float change = differences[i] - differences[Math.Max(i % 3, i - StepLength)];
                (square, step) = (square + (differences[i] * differences[i]), step + (change * change));
            }
            squares[column] += square / ((end - first) * rows);
            steps[column] += step / ((end - first) * rows);
        }
    }

    // Where the nth of `parts` equal parts begins.
    private static int Share(int part, int length, int parts) => (int)((long)part * length / parts);
}
