using Outpaint.Inference;
using Outpaint.Inference.Detail;
using Outpaint.Inference.Straight;

namespace Outpaint.Tests.Inference.Straight;

public sealed class StraightContinuationTests
{
    private const int Side = 160;
    private const float Ground = 200, Pole = 60, Fill = 180;
    private static readonly KnownArea Known = new(32, 32, 96, 96);

    [Theory]
    [InlineData(0.3)]
    [InlineData(-0.7)]
    [InlineData(1.25)]
    public void A_pole_goes_straight_on_to_the_end_of_the_canvas_on_every_side(double slope)
    {
        // Through the centre, and the same mirrored at the diagonal.
        double Aside(int x, int y) => x - 79.5 - (slope * (y - 79.5));
        foreach (Func<int, int, double> aside in new Func<int, int, double>[] { Aside, (x, y) => Aside(y, x) })
        {
            FloatImage continued = Apply((x, y) => Soft(aside(x, y)));
            (int X, int Y)[] core = [.. Known.Around(continued).Where(at => Math.Abs(aside(at.X, at.Y)) < 1)];
            Assert.True(core.Length > 80);
            Assert.All(core, at => Assert.InRange(GreyCanvas.At(continued, at.X, at.Y), Pole - 1, Pole + 25));
        }
    }

    [Theory]
    [InlineData(0.35)]
    [InlineData(1.45)]
    [InlineData(2.6)]
    public void A_pole_of_two_pixels_goes_on_as_far(double slope)
    {
        double Aside(int x, int y) => (x - 79.5 - (slope * (y - 79.5))) / Math.Sqrt(1 + (slope * slope));
        FloatImage continued = Apply((x, y) => Soft(Aside(x, y), 1.5));

        Assert.All(
            Known.Around(continued).Where(at => Math.Abs(Aside(at.X, at.Y)) < 0.5),
            at => Assert.InRange(GreyCanvas.At(continued, at.X, at.Y), Pole - 1, Pole + 50));
    }

    [Fact]
    public void The_rest_of_the_fill_stays_as_it_is()
    {
        FloatImage continued = Apply((x, _) => Soft(x - 79.5));

        Assert.All(Known.Around(continued).Where(at => Math.Abs(at.X - 79.5) > 12), at => Assert.Equal(Fill, GreyCanvas.At(continued, at.X, at.Y)));
        Assert.Equal(Ground, GreyCanvas.At(continued, 40, 40));
    }

    [Fact]
    public void An_edge_goes_on_between_its_two_sides()
    {
        FloatImage continued = Apply((x, _) => x < 80 ? 90 : 210);

        Assert.All(Enumerable.Range(0, 32), y => Assert.Equal((90, 210), (GreyCanvas.At(continued, 79, y), GreyCanvas.At(continued, 80, y))));
    }

    [Theory]
    [InlineData("what is plain")]
    [InlineData("what is out of focus")]
    [InlineData("grain")]
    [InlineData("lines along the border")]
    [InlineData("what turns round before it")]
    public void Nothing_else_is_drawn_on(string what)
    {
        var random = new Random(1);
        Func<int, int, float> picture = what switch
        {
            "what is plain" => (x, _) => 150 + (0.2f * x),
            "what is out of focus" => (x, _) => 128 + (80 * MathF.Sin(x / 14f)),
            "grain" => (_, _) => random.Next(256),
            "lines along the border" => (x, y) => 120 + (60 * MathF.Sin(Math.Max(Math.Abs(x - 79.5f), Math.Abs(y - 79.5f)))),
            _ => (x, y) => Soft(6 - Math.Sqrt(((x - 79.5) * (x - 79.5)) + ((y - 44) * (y - 44)))),
        };
        FloatImage filled = Make(picture);
        Assert.Equal(filled.Values, StraightContinuation.Apply(filled, Known).Values);
    }

    [Fact]
    public void A_picture_that_is_too_small_to_tell_stays_as_it_is()
    {
        var known = new KnownArea(32, 32, 12, 12);
        FloatImage filled = GreyCanvas.Make(76, 76, (x, y) => known.Contains(x, y) ? Soft(x - 38) : Fill);
        Assert.Equal(filled.Values, StraightContinuation.Apply(filled, known).Values);
    }

    // A pole around 0, four pixels wide unless told, as a picture that was shrunk shows it.
    private static float Soft(double distance, double end = 2.5) => Ground + ((Pole - Ground) * (float)Math.Clamp(end - Math.Abs(distance), 0, 1));

    private static FloatImage Apply(Func<int, int, float> picture) => StraightContinuation.Apply(Make(picture), Known);

    private static FloatImage Make(Func<int, int, float> picture) =>
        GreyCanvas.Make(Side, Side, (x, y) => Known.Contains(x, y) ? picture(x, y) : Fill);
}
