using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference.Detail;

public sealed class OffsetFractionsTests
{
    private static readonly KnownArea Known = new(4, 4, 8, 8);

    [Fact]
    public void All_pixels_of_an_offset_share_the_fraction_that_suits_them_together()
    {
        Offset left = new(5, -2), right = new(-6, 0);
        var field = new OffsetField(16, 16);
        for (int y = 0; y < 16; y++)
        {
            for (int x = 0; x < 16; x++)
                field[x, y] = x < 8 ? left : right;
        }

        // Single pixels are a whole pixel off, to both sides.
        IReadOnlyDictionary<Offset, (float X, float Y)> fractions = OffsetFractions.Fit(field, Known, (x, y, offset) =>
            (x < 8 ? Square(offset.X - 5.25f) + Square(offset.Y + 2.4f) : Square(offset.X + 7.5f)) + ((y % 2 == 0 ? 1 : -1) * offset.X));

        Assert.Equal(2, fractions.Count);
        Assert.Equal(0.25, fractions[left].X, 1e-5);
        Assert.Equal(-0.4, fractions[left].Y, 1e-5);
        Assert.Equal(-1, fractions[right].X); // no more than a pixel
        Assert.Equal(0, fractions[right].Y); // nothing to tell it by

        static float Square(float value) => value * value;
    }
}
