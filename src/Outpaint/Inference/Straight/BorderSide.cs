using Outpaint.Inference.Detail;

namespace Outpaint.Inference.Straight;

/// <summary>A side of the known part of a canvas beyond which there is hole.</summary>
/// <param name="X">Column of the first pixel of the outermost line.</param>
/// <param name="Y">Its row.</param>
/// <param name="OutX">How many columns a step outwards goes: -1, 0 or 1.</param>
/// <param name="OutY">How many rows.</param>
/// <param name="Length">How many pixels a line along the side has.</param>
/// <param name="Extent">How many such lines the known part has.</param>
/// <param name="Depth">How many the hole has.</param>
internal readonly record struct BorderSide(int X, int Y, int OutX, int OutY, int Length, int Extent, int Depth)
{
    /// <summary>Those of a known part.</summary>
    public static IEnumerable<BorderSide> Of(KnownArea known, FloatImage canvas) => new BorderSide[]
    {
        new(known.Left, known.Top, 0, -1, known.Width, known.Height, known.Top),
        new(known.Left, known.Bottom - 1, 0, 1, known.Width, known.Height, canvas.Height - known.Bottom),
        new(known.Left, known.Top, -1, 0, known.Height, known.Width, known.Left),
        new(known.Right - 1, known.Top, 1, 0, known.Height, known.Width, canvas.Width - known.Right),
    }.Where(side => side.Depth > 0);

    /// <summary>A pixel of the canvas, or beside it.</summary>
    /// <param name="place">How far along the side; what lies beside its ends counts, too.</param>
    /// <param name="distance">How far outwards: 0 in the outermost line, negative within the known part.</param>
    public (int X, int Y) At(int place, int distance) =>
        (X + (place * Math.Abs(OutY)) + (distance * OutX), Y + (place * Math.Abs(OutX)) + (distance * OutY));

    /// <summary>A line along the side; red, green, blue of each pixel.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="inwards">How far inwards it lies; 0 is the outermost.</param>
    public float[] Line(FloatImage canvas, int inwards)
    {
        var line = new float[Length * 3];
        for (int place = 0; place < Length; place++)
        {
            (int x, int y) = At(place, -inwards);
            canvas.Row(y).Slice(x * 3, 3).CopyTo(line.AsSpan(place * 3));
        }
        return line;
    }
}
