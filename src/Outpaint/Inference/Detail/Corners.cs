namespace Outpaint.Inference.Detail;

/// <summary>The offsets of four pixels in a square.</summary>
internal readonly record struct Corners(Offset TopLeft, Offset TopRight, Offset BottomLeft, Offset BottomRight)
{
    public const int Count = 4;

    /// <summary>Whether all four are the same.</summary>
    public bool Agree => TopLeft == TopRight && TopLeft == BottomLeft && TopLeft == BottomRight;

    public Offset this[int corner] => corner switch
    {
        0 => TopLeft,
        1 => TopRight,
        2 => BottomLeft,
        _ => BottomRight,
    };

    /// <summary>Whether an earlier corner has the same offset.</summary>
    public bool IsRepeated(int corner)
    {
        for (int earlier = 0; earlier < corner; earlier++)
        {
            if (this[earlier] == this[corner])
                return true;
        }
        return false;
    }

    /// <summary>How much the corners with this offset count together, at a place between them (bilinear weights).</summary>
    /// <param name="offset">One of the four.</param>
    /// <param name="right">0 between the left corners to 1 between the right ones.</param>
    /// <param name="lower">0 between the upper corners to 1 between the lower ones.</param>
    public float Weight(Offset offset, float right, float lower) =>
        ((TopLeft == offset ? 1 - right : 0) + (TopRight == offset ? right : 0)) * (1 - lower)
        + (((BottomLeft == offset ? 1 - right : 0) + (BottomRight == offset ? right : 0)) * lower);
}
