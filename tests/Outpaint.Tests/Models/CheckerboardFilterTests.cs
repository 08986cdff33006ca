using Outpaint.Models;
using Outpaint.Models.Blocks;
using Outpaint.Torch;

namespace Outpaint.Tests.Models;

public class CheckerboardFilterTests
{
    private const int Side = 32;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void A_pattern_that_alternates_from_pixel_to_pixel_disappears_up_to_the_edges(int alongX, int alongY)
    {
        using var scope = new TensorScope();
        Tensor pattern = Wave((x, y) => ((alongX * x) + (alongY * y)) % 2 == 0 ? 1 : -1);

        Assert.InRange(Largest(CheckerboardFilter.Apply(pattern)), 0, 0.02);
    }

    [Fact]
    public void A_constant_stays()
    {
        using var scope = new TensorScope();
        Tensor constant = Wave((_, _) => 0.5);

        Assert.InRange(Largest(CheckerboardFilter.Apply(constant) - constant), 0, 1e-3);
    }

    [Theory]
    [InlineData(3, 0.85)]
    [InlineData(4, 0.98)]
    public void Detail_of_three_pixels_and_more_stays(int period, double least)
    {
        using var scope = new TensorScope();
        Tensor wave = Wave((x, _) => Math.Cos(2 * Math.PI * x / period));

        double kept = Energy(CheckerboardFilter.Apply(wave)) / Energy(wave);

        Assert.InRange(Math.Sqrt(kept), least, 1.001);
    }

    private static Tensor Wave(Func<int, int, double> value) => Tensor.From(
        [.. Enumerable.Range(0, 3 * Side * Side).Select(i => (float)value(i % Side, i / Side % Side))], 1, 3, Side, Side);

    private static double Largest(Tensor tensor) => Dispatcher.Call("amax", tensor.Abs(), new long[] { 0, 1, 2, 3 }).Item();

    // Away from the edges, where a wave of another period is cut.
    private static double Energy(Tensor tensor) => tensor.Narrow(3, 8, 12).Square().Mean().Item();
}
