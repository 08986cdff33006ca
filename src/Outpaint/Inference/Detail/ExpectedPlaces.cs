namespace Outpaint.Inference.Detail;

/// <summary>
/// Where in the picture each pixel of the hole is expected to find its like. What looks the same on a small canvas is
/// mostly the same thing if it lies about as high and about as far from the border, as scenes are layered: sky, hills,
/// ground. Water beside the lower border then goes on as water, and not as the tree trunks of the same colour.
/// </summary>
/// <param name="width">Width of the canvas.</param>
/// <param name="height">Height of the canvas.</param>
/// <param name="known">Where the picture is.</param>
/// <param name="original">The part of it that no earlier step has filled.</param>
internal sealed class ExpectedPlaces(int width, int height, KnownArea known, KnownArea original)
{
    // In squared levels of descriptors, for a place that is off by the whole width or height of the picture.
    private const float ColumnWeight = 10_000;
    private const float RowWeight = 100_000;

    private readonly float[] columns = Along(width, original.Left, original.Right);
    private readonly float[] rows = Along(height, original.Top, original.Bottom);

    /// <summary>What it costs a pixel to copy from so far away, in squared levels of descriptors.</summary>
    public float Cost(int x, int y, Offset offset)
    {
        float aside = (x + offset.X - columns[x]) / known.Width, apart = (y + offset.Y - rows[y]) / known.Height;
        return (ColumnWeight * aside * aside) + (RowWeight * apart * apart);
    }

    // The place in the mirror image, so that all are used equally (the nearest would be the border's again and again), but
    // nearer to the border in proportion where that would be farther in than a quarter of the original, as far as a first step
    // reaches: of a large extension the middle of the photo, a cliff or tree trunks, would come back in the grass before it.
    private static float[] Along(int length, int start, int end)
    {
        float quarter = (end - start) / 4f;
        float before = Math.Min(1, quarter / Math.Max(1, start)), after = Math.Min(1, quarter / Math.Max(1, length - end));
        var expected = new float[length];
        for (int at = 0; at < length; at++)
        {
            expected[at] = at < start ? start + ((start - 1 - at) * before)
                : at < end ? at
                : end - 1 - ((at - end) * after);
        }
        return expected;
    }
}
