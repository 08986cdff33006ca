using System.Numerics;

namespace Outpaint.Imaging.Metadata;

/// <summary>Where the places that metadata names, such as faces, are in what becomes of a picture.</summary>
/// <param name="OldSize">Width and height of the picture in pixels.</param>
/// <param name="NewSize">Width and height of what it becomes.</param>
/// <param name="Matrix">From places in the one to places in the other, in pixels.</param>
internal sealed record PlaceMap(Vector2 OldSize, Vector2 NewSize, Matrix3x2 Matrix)
{
    /// <summary>Whether anything moves.</summary>
    public bool IsIdentity => Matrix.IsIdentity && OldSize == NewSize;

    /// <summary>Whether the picture is turned by a quarter, so that its width becomes its height.</summary>
    public bool SwapsSides => Matrix.M11 == 0;

    /// <summary>A picture that is turned upright.</summary>
    /// <param name="orientation">As it is stored (EXIF 2.32, tag 0x0112).</param>
    /// <param name="width">Of the upright picture.</param>
    /// <param name="height">Of the upright picture.</param>
    public static PlaceMap Turn(int orientation, int width, int height)
    {
        Matrix3x2 matrix = orientation switch
        {
            2 => new(-1, 0, 0, 1, width, 0),
            3 => new(-1, 0, 0, -1, width, height),
            4 => new(1, 0, 0, -1, 0, height),
            5 => new(0, 1, 1, 0, 0, 0),
            6 => new(0, 1, -1, 0, width, 0),
            7 => new(0, -1, -1, 0, width, height),
            8 => new(0, -1, 1, 0, 0, height),
            _ => Matrix3x2.Identity,
        };
        Vector2 size = new(width, height);
        return new(orientation is >= 5 and <= 8 ? new(height, width) : size, size, matrix);
    }

    /// <summary>A picture that is extended.</summary>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    /// <param name="left">The column of the canvas where it begins.</param>
    /// <param name="top">The row of the canvas where it begins.</param>
    /// <param name="canvasWidth">The new width.</param>
    /// <param name="canvasHeight">The new height.</param>
    public static PlaceMap Extend(int width, int height, int left, int top, int canvasWidth, int canvasHeight) =>
        new(new(width, height), new(canvasWidth, canvasHeight), Matrix3x2.CreateTranslation(left, top));

    /// <summary>A point, in pixels of each.</summary>
    public Vector2 Point(Vector2 point) => Vector2.Transform(point, Matrix);

    /// <summary>A width and a height, in pixels of each.</summary>
    public Vector2 Extent(Vector2 extent) => Vector2.Abs(Vector2.TransformNormal(extent, Matrix));

    /// <summary>A point, in pixels or in shares of each one's width and height.</summary>
    public Vector2 Point(Vector2 point, bool inPixels) => inPixels ? Point(point) : Point(point * OldSize) / NewSize;

    /// <summary>A width and a height, in pixels or in shares of each one's.</summary>
    public Vector2 Extent(Vector2 extent, bool inPixels) => inPixels ? Extent(extent) : Extent(extent * OldSize) / NewSize;

    /// <summary>The upper left corner and the size of a rectangle, in pixels or in shares of each.</summary>
    public (Vector2 Corner, Vector2 Size) Rectangle(Vector2 corner, Vector2 size, bool inPixels)
    {
        Vector2 newSize = Extent(size, inPixels);
        return (Point(corner + (size / 2), inPixels) - (newSize / 2), newSize);
    }

    /// <summary>A main subject as EXIF tells it: a point, and perhaps the size of a circle or a rectangle around it, in pixels of each.</summary>
    public float[] Subject(float[] subject)
    {
        Vector2 point = Point(new(subject[0], subject[1]));
        if (subject is not [_, _, var width, var height])
            return [point.X, point.Y, .. subject[2..]];
        Vector2 extent = Extent(new(width, height));
        return [point.X, point.Y, extent.X, extent.Y];
    }
}
