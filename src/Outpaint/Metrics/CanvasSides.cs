namespace Outpaint.Metrics;

/// <summary>Sides of a canvas.</summary>
[Flags]
public enum CanvasSides
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The left one.</summary>
    Left = 1,

    /// <summary>The right one.</summary>
    Right = 2,

    /// <summary>The upper one.</summary>
    Top = 4,

    /// <summary>The lower one.</summary>
    Bottom = 8,

    /// <summary>All four.</summary>
    All = Left | Right | Top | Bottom,
}
