using Outpaint.Inference;
using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference.Detail;

public sealed class ShallowMirrorTests
{
    private static readonly KnownArea Known = new(16, 16, 64, 64);

    [Fact]
    public void Values_are_mirrored_with_their_pixels()
    {
        FloatImage places = Places();

        FloatImage carried = ShallowMirror.Carry(GreyCanvas.Make(96, 96, (x, y) => 100 + (x % 2) + (y % 2)), places, Known);

        for (int y = 0; y < 96; y++)
        {
            for (int x = 0; x < 96; x++)
                Assert.Equal([Mirror(x), Mirror(y)], carried.Row(y).Slice(x * 2, 2).ToArray());
        }
    }

    [Fact]
    public void What_stands_out_from_the_border_is_not_where_values_come_from()
    {
        FloatImage canvas = GreyCanvas.Make(96, 96, (_, y) => y is >= 40 and < 70 ? 240 : 100);

        FloatImage carried = ShallowMirror.Carry(canvas, Places(), Known);

        for (int y = 80; y < 96; y++) // below the ten plain rows
            Assert.InRange(carried.Row(y)[(48 * 2) + 1], 70, 79);
    }

    [Fact]
    public void What_is_in_the_hole_already_does_not_matter()
    {
        FloatImage empty = GreyCanvas.Make(96, 96, (x, y) => Known.Contains(x, y) ? 100 : 0);
        FloatImage filled = GreyCanvas.Make(96, 96, (x, y) => Known.Contains(x, y) ? 100 : (x * y) % 256);

        Assert.Equal(ShallowMirror.Carry(empty, Places(), Known).Values, ShallowMirror.Carry(filled, Places(), Known).Values);
    }

    private static float Mirror(int at) => at < 16 ? 32 - at : at < 80 ? at : 158 - at;

    // Column and row.
    private static FloatImage Places()
    {
        var places = new FloatImage(96, 96, 2);
        for (int i = 0; i < 96 * 96; i++)
            (places.Values[i * 2], places.Values[(i * 2) + 1]) = (i % 96, i / 96);
        return places;
    }
}
