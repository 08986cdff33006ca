using Outpaint.Inference;
using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference;

public sealed class ContrastAnchorTests
{
    private static readonly KnownArea Known = new(32, 32, 128, 128);
    private static readonly KnownArea Original = Known.Inset(24);

    // Blocks of 1 to 8 pixels: something in each of the octaves.
    private static readonly int[] Blocks = [1, 2, 4, 8];

    [Theory]
    [MemberData(nameof(EachBlock))]
    public void A_later_fill_that_is_plainer_than_the_original_regains_contrast(int block)
    {
        FloatImage filled = Pattern(block, fill: 16);

        FloatImage anchored = ContrastAnchor.Apply(filled, Known, Original);

        Assert.InRange(Contrast(anchored) / Contrast(filled), 1.15, 1.25); // the original has 1.25 times as much
    }

    [Theory]
    [MemberData(nameof(EachBlock))]
    public void It_gets_half_as_much_again_at_most(int block)
    {
        FloatImage filled = Pattern(block, fill: 4);

        FloatImage anchored = ContrastAnchor.Apply(filled, Known, Original);

        Assert.InRange(Contrast(anchored) / Contrast(filled), 1.4, 1.5);
    }

    [Fact]
    public void A_fill_that_is_busier_than_the_original_stays()
    {
        FloatImage filled = Pattern(2, fill: 30);

        Assert.Equal(filled.Values, ContrastAnchor.Apply(filled, Known, Original).Values);
    }

    [Fact]
    public void The_first_steps_fill_stays()
    {
        FloatImage filled = Pattern(2, fill: 4);

        Assert.Equal(filled.Values, ContrastAnchor.Apply(filled, Known, Known).Values);
    }

    [Fact]
    public void What_was_known_stays_and_a_level_fill_too()
    {
        FloatImage filled = Pattern(2, fill: 4);
        FloatImage anchored = ContrastAnchor.Apply(filled, Known, Original);
        for (int y = Known.Top; y < Known.Bottom; y++)
            Assert.Equal(filled.Row(y).Slice(Known.Left * 3, Known.Width * 3), anchored.Row(y).Slice(Known.Left * 3, Known.Width * 3));

        FloatImage level = GreyCanvas.Make(192, 192, (_, _) => 100);
        Assert.Equal(level.Values, ContrastAnchor.Apply(level, Known, Original).Values);
    }

    public static TheoryData<int> EachBlock() => [.. Blocks];

    // A chequered canvas, 20 levels around grey and as many as told in the hole.
    private static FloatImage Pattern(int block, float fill) => GreyCanvas.Make(
        192, 192, (x, y) => 100 + ((Known.Contains(x, y) ? 20 : fill) * (((x / block) + (y / block)) % 2 == 0 ? 1 : -1)));

    // The standard deviation along the outer edge, where nothing fades any more.
    private static double Contrast(FloatImage image)
    {
        float[] values = [.. Enumerable.Range(0, 16 * 192).Select(i => (float)GreyCanvas.At(image, i % 192, i / 192))];
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
