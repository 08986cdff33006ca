using Outpaint.Imaging;

namespace Outpaint.Inference.Detail;

/// <summary>
/// An enlarged fill with the detail that it lacks, copied from where the picture looks alike: what the picture at full
/// size has beyond its own enlarged copy (contextual residual aggregation, Yi et al. 2020).
/// </summary>
/// <remarks>
/// Each pixel of the small canvas names one place of the picture; between four of them, the details of their places mix
/// with weights that fade from one to the next. A mean of unrelated textures is smoother than each of them, so the mix
/// is divided by the root of the sum of its squared weights (Heitz and Neyret 2018). Where the four agree, and they
/// mostly do, the picture's own texture is continued as it is.
/// </remarks>
internal sealed class DetailedFill : IFill
{
    // What is finest in the fill is the model's, softer than the photo and not free of patterns; it makes way for the
    // photo's. Standard deviations of the blur that takes it away: in pixels of the small canvas, and of the large one.
    private const double FinestOwn = 1;
    private const double FinestOwnAtFullSize = 2.4;

    // Bounds the stack that a piece of a row takes.
    private const int LongestRun = 256;

    private readonly UpsampledFill enlarged;
    private readonly RgbImage picture;
    private readonly CanvasGeometry canvas;
    private readonly OffsetField field;
    private readonly FloatImage strength;
    private readonly AxisScale columns;
    private readonly AxisScale rows;

    // For each column: the pixel of the small canvas on its left, and how much the one on its right counts.
    private readonly int[] lefts;
    private readonly float[] shares;

    /// <summary>The fill of a small canvas, enlarged and detailed.</summary>
    /// <param name="picture">The picture at full size.</param>
    /// <param name="original">The part of it that no earlier step has filled, where detail is expected (<see cref="ExpectedPlaces"/>).</param>
    /// <param name="filled">The small canvas; red, green, blue.</param>
    /// <param name="working">Where the picture lies on it.</param>
    /// <param name="canvas">Where the picture lies on the large canvas.</param>
    public static IFill For(RgbImage picture, KnownArea original, FloatImage filled, WorkingCanvas working, CanvasGeometry canvas)
    {
        double factor = Math.Sqrt(working.Columns(canvas).Factor * working.Rows(canvas).Factor);
        if (factor <= 1) // it is best left with the model's own texture: LPIPS .1395, and .1437 with copied detail
            return new UpsampledFill(filled, working, canvas);
        var enlarged = new UpsampledFill(filled.Blur(Math.Max(FinestOwn, FinestOwnAtFullSize / factor)), working, canvas);
        KnownArea known = working.KnownArea;
        TextureLevel texture = TextureLevel.Measure(picture, enlarged, canvas, filled, known);
        OffsetField field = OffsetField.Match(filled, texture.Canvas, known, original);
        return new DetailedFill(enlarged, picture, field, DetailStrength.Of(field, texture, known), working, canvas);
    }

    /// <summary>Brings together what the detail is made from.</summary>
    /// <param name="enlarged">The small canvas, enlarged; in the picture's place it shows the picture without detail.</param>
    /// <param name="picture">The picture at full size.</param>
    /// <param name="field">Where to look for detail, for each pixel of the small canvas.</param>
    /// <param name="strength">What part of it each pixel of the small canvas takes (<see cref="DetailStrength"/>).</param>
    /// <param name="working">The small canvas.</param>
    /// <param name="canvas">The large canvas.</param>
    public DetailedFill(
        UpsampledFill enlarged, RgbImage picture, OffsetField field, FloatImage strength, WorkingCanvas working, CanvasGeometry canvas)
    {
        (this.enlarged, this.picture, this.field, this.strength, this.canvas) = (enlarged, picture, field, strength, canvas);
        (columns, rows) = (working.Columns(canvas), working.Rows(canvas));
        lefts = new int[canvas.Width];
        shares = new float[canvas.Width];
        for (int x = 0; x < canvas.Width; x++)
            (lefts[x], shares[x]) = Between(columns.ToSmall(x));
    }

    /// <inheritdoc/>
    public void Read(int y, int from, Span<float> values)
    {
        enlarged.Read(y, from, values);
        (int above, float lower) = Between(rows.ToSmall(y));
        ReadOnlySpan<float> upperStrength = strength.Row(Math.Clamp(above, 0, strength.Height - 1));
        ReadOnlySpan<float> lowerStrength = strength.Row(Math.Clamp(above + 1, 0, strength.Height - 1));
        int longest = Math.Min(LongestRun, picture.Width);
        Span<float> detail = stackalloc float[longest * 3];
        Span<float> mix = stackalloc float[longest * 3];
        int end = from + (values.Length / 3);
        for (int x = from, next; x < end; x = next)
        {
            Corners corners = At(lefts[x], above);
            int limit = Math.Min(end, x + longest);
            next = x + 1;
            while (next < limit && (lefts[next] == lefts[next - 1] || (corners.Agree && At(lefts[next], above) == corners)))
                next++;
            Span<float> run = values[((x - from) * 3)..((next - from) * 3)];
            if (corners.Agree)
                ReadDetail(x, y, corners.TopLeft, detail[..run.Length]);
            else
                Mix(corners, x, y, lower, detail[..run.Length], mix[..run.Length]);
            Span<float> added = corners.Agree ? detail[..run.Length] : mix[..run.Length];
            for (int i = 0; i < run.Length / 3; i++)
                Samples.AddScaled(run.Slice(i * 3, 3), added[(i * 3)..], StrengthAt(x + i, upperStrength, lowerStrength, lower));
        }
    }

    private float StrengthAt(int x, ReadOnlySpan<float> upperRow, ReadOnlySpan<float> lowerRow, float lower)
    {
        int left = Math.Clamp(lefts[x], 0, upperRow.Length - 1), right = Math.Clamp(lefts[x] + 1, 0, upperRow.Length - 1);
        float onLeft = upperRow[left] + (lower * (lowerRow[left] - upperRow[left]));
        float onRight = upperRow[right] + (lower * (lowerRow[right] - upperRow[right]));
        return onLeft + (shares[x] * (onRight - onLeft));
    }

    // Between the centres of two pixels: the first one, and the share of the second, which rises smoothly from 0 to 1.
    private static (int First, float Share) Between(double position)
    {
        double first = Math.Floor(position), share = position - first;
        return ((int)first, (float)(share * share * (3 - (2 * share))));
    }

    private Corners At(int left, int above)
    {
        int x = Math.Clamp(left, 0, field.Width - 1), right = Math.Clamp(left + 1, 0, field.Width - 1);
        int y = Math.Clamp(above, 0, field.Height - 1), below = Math.Clamp(above + 1, 0, field.Height - 1);
        return new Corners(field[x, y], field[right, y], field[x, below], field[right, below]);
    }

    private void Mix(Corners corners, int x, int y, float lower, Span<float> detail, Span<float> mix)
    {
        Span<float> squares = stackalloc float[detail.Length / 3];
        squares.Clear();
        mix.Clear();
        for (int corner = 0; corner < Corners.Count; corner++)
        {
            if (corners.IsRepeated(corner))
                continue;
            ReadDetail(x, y, corners[corner], detail);
            for (int i = 0; i < squares.Length; i++)
            {
                float weight = corners.Weight(corners[corner], shares[x + i], lower);
                squares[i] += weight * weight;
                Samples.AddScaled(mix.Slice(i * 3, 3), detail[(i * 3)..], weight);
            }
        }
        for (int i = 0; i < mix.Length; i++)
            mix[i] /= MathF.Sqrt(squares[i / 3]);
    }

    private void ReadDetail(int x, int y, Offset offset, Span<float> detail)
    {
        (float exactX, float exactY) = field.Exact(offset);
        int column = Math.Clamp(x + columns.ToLarge(exactX) - canvas.Left, 0, picture.Width - (detail.Length / 3));
        int row = Math.Clamp(y + rows.ToLarge(exactY) - canvas.Top, 0, picture.Height - 1);
        enlarged.Read(canvas.Top + row, canvas.Left + column, detail);
        Samples.SubtractFrom(picture.Pixels.AsSpan(((row * picture.Width) + column) * 3, detail.Length), detail);
    }
}
