using Outpaint.Inference;
using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference.Detail;

public sealed class JointBilateralFilterTests
{
    [Fact]
    public void Colours_that_differ_keep_their_own_values()
    {
        FloatImage means = JointBilateralFilter.Apply(Stripes(1, 5), GreyCanvas.Make(20, 20, (_, y) => y < 17 ? 60 : 180), 4);

        for (int y = 0; y < 20; y++)
            Assert.Equal(y < 17 ? 1 : 5, means.Row(y)[10], 1e-4f);
    }

    [Fact]
    public void Where_all_is_of_one_colour_it_is_a_plain_mean()
    {
        FloatImage values = Stripes(1, 5);

        FloatImage means = JointBilateralFilter.Apply(values, GreyCanvas.Make(20, 20, (_, _) => 60), 4);

        Assert.Equal(values.BoxBlur(4).Values, means.Values, (one, other) => Math.Abs(one - other) < 1e-4f);
    }

    [Fact]
    public void Brightness_alone_does_not_make_a_colour()
    {
        FloatImage means = JointBilateralFilter.Apply(Stripes(1, 5), Hues(), 4);

        Assert.Equal(1, means.Row(16)[10], 1e-4f);
        Assert.Equal(5, means.Row(17)[10], 1e-4f);
    }

    // Red above, green of the same mean below.
    private static FloatImage Hues()
    {
        FloatImage hues = GreyCanvas.Make(20, 20, (_, _) => 60);
        for (int y = 0; y < 20; y++)
        {
            for (int x = 0; x < 20; x++)
                hues.Row(y)[(x * 3) + (y < 17 ? 0 : 1)] = 150;
        }
        return hues;
    }

    private static FloatImage Stripes(float above, float below)
    {
        var values = new FloatImage(20, 20, 1);
        for (int y = 0; y < 20; y++)
            values.Row(y).Fill(y < 17 ? above : below);
        return values;
    }
}
