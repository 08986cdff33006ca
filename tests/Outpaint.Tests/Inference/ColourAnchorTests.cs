using Outpaint.Inference;
using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference;

public sealed class ColourAnchorTests
{
    private static readonly KnownArea Known = new(16, 16, 64, 48);

    [Fact]
    public void A_fill_of_another_colour_is_drawn_to_the_originals_the_more_the_farther_out()
    {
        FloatImage anchored = ColourAnchor.Apply(GreyCanvas.Make(96, 80, (x, y) => Known.Contains(x, y) ? 100 : 60), Known, Known);

        Assert.Equal(100, GreyCanvas.At(anchored, 16, 16));
        Assert.Equal(60 + (0.4 * 40 / 16), GreyCanvas.At(anchored, 15, 40), 0.01);
        Assert.Equal(60 + (0.4 * 40), GreyCanvas.At(anchored, 0, 40), 0.01);
        Assert.Equal(60 + (0.4 * 40), GreyCanvas.At(anchored, 95, 79), 0.01);
    }

    [Fact]
    public void What_an_earlier_step_filled_does_not_count_as_the_original()
    {
        KnownArea original = Known.Inset(10);

        FloatImage anchored = ColourAnchor.Apply(GreyCanvas.Make(96, 80, (x, y) => original.Contains(x, y) ? 100 : 60), Known, original);

        Assert.Equal(60, GreyCanvas.At(anchored, 20, 20));
        Assert.Equal(60 + (0.4 * 40), GreyCanvas.At(anchored, 40, 0), 0.01);
    }

    [Fact]
    public void Where_the_original_differs_from_side_to_side_so_does_the_fill()
    {
        var wide = new KnownArea(16, 16, 480, 48);

        FloatImage anchored = ColourAnchor.Apply(GreyCanvas.Make(512, 80, (x, y) => !wide.Contains(x, y) ? 60 : x < 256 ? 20 : 100), wide, wide);

        Assert.Equal(60 - (0.4 * 40), GreyCanvas.At(anchored, 60, 0), 0.1);
        Assert.Equal(60 + (0.4 * 40), GreyCanvas.At(anchored, 450, 0), 0.1);
    }

    [Fact]
    public void A_fills_detail_is_its_own()
    {
        FloatImage filled = GreyCanvas.Make(96, 80, (x, y) => Known.Contains(x, y) ? 100 : 100 + (20 * ((x + y) % 2 == 0 ? 1 : -1)));

        FloatImage anchored = ColourAnchor.Apply(filled, Known, Known);

        Assert.All(anchored.Values.Zip(filled.Values), pair => Assert.Equal(pair.Second, pair.First, 1f));
    }

    [Fact]
    public void A_canvas_that_grows_to_one_side_is_anchored_there()
    {
        var known = new KnownArea(24, 0, 72, 80);

        FloatImage anchored = ColourAnchor.Apply(GreyCanvas.Make(96, 80, (x, y) => known.Contains(x, y) ? 100 : 60), known, known);

        Assert.Equal(60 + (0.4 * 40), GreyCanvas.At(anchored, 0, 79), 0.01);
        Assert.All(Enumerable.Range(24, 72), x => Assert.Equal(100, GreyCanvas.At(anchored, x, 0)));
    }
}
