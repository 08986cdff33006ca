using Outpaint.Inference;
using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference;

public sealed class PlainBorderTests
{
    private static readonly KnownArea Known = new(32, 32, 96, 96);

    [Fact]
    public void Around_a_figure_on_a_white_ground_all_is_white()
    {
        FloatImage plain = PlainBorder.Apply(GreyCanvas.Make(160, 160, (x, y) => Figure.Contains(x, y) ? 60 : Known.Contains(x, y) ? 255 : Dream(x, y)), Known);
        Assert.All(Known.Around(plain), at => Assert.Equal(255, GreyCanvas.At(plain, at.X, at.Y), 0.01));
        Assert.Equal(60, GreyCanvas.At(plain, 70, 70));
    }

    [Fact]
    public void A_ground_that_slopes_goes_on_from_where_it_is()
    {
        FloatImage plain = PlainBorder.Apply(GreyCanvas.Make(160, 160, (x, y) => Known.Contains(x, y) ? 180 + (0.3f * y) : Dream(x, y)), Known);
        Assert.Equal(180 + (0.3 * 80), GreyCanvas.At(plain, 2, 80), 0.5);
        Assert.Equal(180 + (0.3 * 32), GreyCanvas.At(plain, 80, 2), 0.5);
        Assert.All(Enumerable.Range(1, 30), y => Assert.Equal(GreyCanvas.At(plain, 80, y - 1), GreyCanvas.At(plain, 80, y), 0.5));
    }

    [Theory]
    [InlineData(2)] // grain
    [InlineData(1)] // an even sky, which grows darker upwards
    public void Anything_else_goes_on_as_the_model_has_it(int kind)
    {
        FloatImage filled = GreyCanvas.Make(160, 160, (x, y) => !Known.Contains(x, y) ? Dream(x, y) : kind == 1 ? 100 + (1.1f * y) : 100 + (9 * (((x / 2) + (y / 2)) % 2)));
        Assert.Equal(filled.Values, PlainBorder.Apply(filled, Known).Values);
    }

    [Fact]
    public void What_reaches_the_border_goes_on_beside_the_backdrop()
    {
        // A post that stands on the lower border.
        static float Post(int x, int y) => x is >= 76 and < 84 && y > 60 ? 50 : 240;
        FloatImage filled = GreyCanvas.Make(160, 160, (x, y) => Known.Contains(x, y) ? Post(x, y) : Dream(x, y));
        FloatImage plain = PlainBorder.Apply(filled, Known);
        Assert.All(Enumerable.Range(128, 32), y => Assert.Equal(Dream(80, y), GreyCanvas.At(plain, 80, y)));
        Assert.All(Enumerable.Range(0, 32), y => Assert.Equal(240, GreyCanvas.At(plain, 80, y), 0.01));
        Assert.Equal(240, GreyCanvas.At(plain, 34, 130), 0.01);

        // No edge where the one goes over into the other: neither the dream nor the ground changes by as much in a pixel.
        FloatImage even = PlainBorder.Apply(GreyCanvas.Make(160, 160, (x, y) => Known.Contains(x, y) ? Post(x, y) : 140), Known);
        Assert.All(Enumerable.Range(1, 159), x => Assert.InRange(Math.Abs(GreyCanvas.At(even, x, 145) - GreyCanvas.At(even, x - 1, 145)), 0, 20));
    }

    [Fact]
    public void A_side_that_does_not_grow_has_no_say()
    {
        var known = new KnownArea(0, 0, 128, 160);
        FloatImage filled = GreyCanvas.Make(160, 160, (x, y) => !known.Contains(x, y) ? Dream(x, y) : x < 100 && y is < 8 or > 150 ? 9 * (x % 2) : 200);
        FloatImage plain = PlainBorder.Apply(filled, known);
        Assert.All(known.Around(plain), at => Assert.Equal(200, GreyCanvas.At(plain, at.X, at.Y), 0.01));
    }

    private static readonly KnownArea Figure = new(60, 50, 40, 70);

    // What a model might see there.
    private static float Dream(int x, int y) => 120 + (40 * MathF.Sin(x / 5f)) + (30 * MathF.Cos(y / 7f));
}
