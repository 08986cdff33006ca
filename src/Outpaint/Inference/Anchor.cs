namespace Outpaint.Inference;

/// <summary>Where a picture sits on its canvas: at <see cref="Left"/> the canvas grows on the right only.</summary>
public enum Anchor
{
    /// <summary>In the middle; an odd pixel is added on the right or at the bottom.</summary>
    Center,

    /// <summary>At the left edge, halfway down.</summary>
    Left,

    /// <summary>At the right edge, halfway down.</summary>
    Right,

    /// <summary>At the top edge, halfway across.</summary>
    Top,

    /// <summary>At the bottom edge, halfway across.</summary>
    Bottom,

    /// <summary>In the top left corner.</summary>
    TopLeft,

    /// <summary>In the top right corner.</summary>
    TopRight,

    /// <summary>In the bottom left corner.</summary>
    BottomLeft,

    /// <summary>In the bottom right corner.</summary>
    BottomRight,
}
