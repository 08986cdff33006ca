namespace Outpaint.Inference.Detail;

/// <summary>The rectangle of a canvas that shows the picture; around it is the hole.</summary>
internal readonly record struct KnownArea(int Left, int Top, int Width, int Height)
{
    /// <summary>The column after the last.</summary>
    public int Right => Left + Width;

    /// <summary>The row after the last.</summary>
    public int Bottom => Top + Height;

    public bool Contains(int x, int y) => x >= Left && x < Right && y >= Top && y < Bottom;

    /// <summary>The pixel of this area next to a pixel of the canvas.</summary>
    public (int X, int Y) Nearest(int x, int y) => (Math.Clamp(x, Left, Right - 1), Math.Clamp(y, Top, Bottom - 1));

    /// <summary>How many pixels away a pixel of the canvas is; 0 in the area.</summary>
    public float Distance(int x, int y)
    {
        (int nearX, int nearY) = Nearest(x, y);
        return MathF.Sqrt(((x - nearX) * (x - nearX)) + ((y - nearY) * (y - nearY)));
    }

    /// <summary>The depth of the deepest of the bands that a canvas has beside it.</summary>
    public int Depth(FloatImage canvas) =>
        Math.Max(Math.Max(Left, canvas.Width - Right), Math.Max(Top, canvas.Height - Bottom));

    /// <summary>The pixels of a canvas that are not in it, row by row.</summary>
    public IEnumerable<(int X, int Y)> Around(FloatImage canvas)
    {
        for (int y = 0; y < canvas.Height; y++)
        {
            for (int x = 0; x < canvas.Width; x++)
            {
                if (!Contains(x, y))
                    yield return (x, y);
            }
        }
    }

    /// <summary>This part of a canvas; red, green, blue.</summary>
    public FloatImage Crop(FloatImage canvas)
    {
        var crop = new FloatImage(Width, Height, 3);
        for (int y = 0; y < Height; y++)
            canvas.Row(Top + y).Slice(Left * 3, Width * 3).CopyTo(crop.Row(y));
        return crop;
    }

    /// <summary>The area without a margin, of which at least the middle is left.</summary>
    public KnownArea Inset(int margin) => Inset(margin, margin);

    /// <summary>The same, with a margin of so many columns and rows.</summary>
    public KnownArea Inset(int columns, int rows)
    {
        int x = Math.Min(columns, (Width - 1) / 2), y = Math.Min(rows, (Height - 1) / 2);
        return new KnownArea(Left + x, Top + y, Width - (2 * x), Height - (2 * y));
    }

    /// <summary>Those pixels of a canvas of half the size that show nothing but the picture.</summary>
    public KnownArea Halve()
    {
        int left = (Left + 1) / 2, top = (Top + 1) / 2;
        return new KnownArea(left, top, (Right / 2) - left, (Bottom / 2) - top);
    }

    /// <summary>The column of this area that shows up in a column of the canvas if the picture is mirrored at its edges.</summary>
    public int MirrorX(int x) => Left + Mirror(x - Left, Width);

    /// <summary>The same for rows.</summary>
    public int MirrorY(int y) => Top + Mirror(y - Top, Height);

    private static int Mirror(int at, int length)
    {
        int period = 2 * length;
        int phase = ((at % period) + period) % period;
        return phase < length ? phase : period - 1 - phase;
    }
}
