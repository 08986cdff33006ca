using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;
using Outpaint.Training.Masks;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Models;

public sealed class EdgeDirectionsTests : IDisposable
{
    private const int Side = 96;

    private readonly TensorScope scope = new();

    [Theory]
    [InlineData(16, 0, 0, 0, false)]
    [InlineData(0, 0, 16, 0, false)]
    [InlineData(0, 16, 0, 0, true)]
    [InlineData(0, 0, 0, 16, true)]
    public void Slanted_edges_go_straight_on(int left, int top, int right, int bottom, bool upright)
    {
        foreach (double slant in new[] { -0.3, 0.2, 0.6 })
        {
            Tensor stripes = Stripes(slant, upright), mask = Mask(Side, Side, new Margins(left, top, right, bottom));
            Tensor mirrored = ReflectionPrefill.Fill(stripes, mask);

            Tensor continued = EdgeDirections.Continue(mirrored, mask);

            double before = Distance(mirrored, stripes, mask), after = Distance(continued, stripes, mask);
            Assert.True(after < before / 3, $"slant {slant}: {after:F3}, in the mirror {before:F3}");
        }
    }

    [Fact]
    public void The_known_part_and_each_image_of_a_batch_keep_to_themselves()
    {
        Tensor images = Tensor.Cat([Stripes(0.3, true), Image(1, Side, Side)], 0);
        Tensor mask = Mask(Side, Side, new Margins(16, 16, 16, 16), new Margins(0, 8, 24, 0));
        Tensor mirrored = ReflectionPrefill.Fill(images, mask);

        Tensor together = EdgeDirections.Continue(mirrored, mask);

        Assert.Equal(Values(images * (1 - mask)), Values(together * (1 - mask)));
        Tensor alone = EdgeDirections.Continue(mirrored.Narrow(0, 1, 1), mask.Narrow(0, 1, 1));
        Assert.Equal(Values(alone), Values(together.Narrow(0, 1, 1)));
    }

    [Theory]
    [InlineData(0)] // along the border
    [InlineData(Side)] // straight across
    public void Edges_that_are_not_slanted_stay_as_they_are(int across)
    {
        Tensor level = Tensor.Arange(0, Side, DType.Float32).Reshape(1, 1, across == 0 ? 1 : Side, across == 0 ? Side : 1);
        Tensor stripes = Dispatcher.Call("sin", level).Expand(1, 3, Side, Side).Contiguous();
        Tensor mask = Mask(Side, Side, new Margins(20, 0, 0, 0));
        Tensor mirrored = ReflectionPrefill.Fill(stripes, mask);

        Assert.Equal(Values(mirrored), Values(EdgeDirections.Continue(mirrored, mask)));
    }

    [Theory]
    [InlineData(7, 7, 0, 0)] // a single known pixel
    [InlineData(0, 0, 0, 0)] // no hole
    [InlineData(4, 0, 3, 7)]
    public void Tiny_canvases_stay_finite(int left, int top, int right, int bottom)
    {
        Tensor mask = Mask(8, 8, new Margins(left, top, right, bottom));

        Assert.All(Values(EdgeDirections.Continue(ReflectionPrefill.Fill(Image(1, 8, 8), mask), mask)), value => Assert.InRange(value, -1, 1));
    }

    public void Dispose() => scope.Dispose();

    // Waves of 12 pixels, moved along by so much per pixel across.
    private static Tensor Stripes(double slant, bool upright)
    {
        Tensor index = Tensor.Arange(0, Side, DType.Float32);
        Tensor along = index.Reshape(1, 1, upright ? 1 : Side, upright ? Side : 1), across = index.Reshape(1, 1, upright ? Side : 1, upright ? 1 : Side);
        return Dispatcher.Call("sin", (along - (across * slant)) * (2 * Math.PI / 12)).Expand(1, 3, Side, Side).Contiguous();
    }

    private static double Distance(Tensor one, Tensor other, Tensor mask) => ((one - other).Abs() * mask).Sum().Item() / (3 * mask.Sum().Item());
}
