namespace Outpaint.Inference;

/// <summary>What surrounds a picture on its extended canvas, made piece by piece, so that it need not be held in memory.</summary>
internal interface IFill
{
    /// <summary>Makes a piece of one row: interleaved red, green, blue around 0..255. May be called from several threads.</summary>
    /// <param name="y">The row of the canvas.</param>
    /// <param name="from">The first column.</param>
    /// <param name="values">Receives three values per column.</param>
    void Read(int y, int from, Span<float> values);
}
