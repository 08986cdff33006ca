using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;
using Outpaint.Training.Masks;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Models;

public sealed class ShallowReflectionTests : IDisposable
{
    private const int Side = 120;
    private const float Object = 1;

    private static readonly Margins[] Holes =
        [new(40, 0, 0, 0), new(0, 40, 0, 0), new(0, 0, 40, 0), new(0, 0, 0, 40), new(40, 40, 0, 0), new(28, 28, 28, 28)];

    private readonly TensorScope scope = new();

    [Fact]
    public void Texture_is_mirrored_as_a_whole()
    {
        Tensor image = Image(Holes.Length, Side, Side), mask = Mask(Side, Side, Holes);

        Assert.Equal(Values(ReflectionPrefill.Fill(image, mask)), Values(ShallowReflection.Fill(image, mask)));
    }

    [Fact]
    public void A_slope_is_mirrored_as_a_whole()
    {
        Tensor slope = (Tensor.Arange(0, Side, DType.Float32) / Side).Reshape(1, 1, 1, Side).Expand(Holes.Length, 3, Side, Side);
        Tensor mask = Mask(Side, Side, Holes);

        Assert.Equal(Values(ReflectionPrefill.Fill(slope, mask)), Values(ShallowReflection.Fill(slope, mask)));
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(8, false)]
    [InlineData(4, true)] // too near to tell a backdrop from the gaps of a texture
    public void An_object_before_a_backdrop_comes_back_only_if_it_stands_close_to_the_border(int distance, bool returns) =>
        AssertReturns(distance, _ => 0.25f, returns);

    [Theory]
    [InlineData(20, false)]
    [InlineData(8, false)]
    [InlineData(4, true)]
    public void So_does_an_object_before_a_texture(int distance, bool returns) =>
        AssertReturns(distance, i => 0.1f * ((i % 2) + (i / Side % 3)), returns);

    [Fact]
    public void Beside_an_object_lines_become_deeper_step_by_step()
    {
        const int Left = 40, Last = 59;
        const float Slope = 0.01f; // tells how deep a pixel comes from
        var values = new float[3 * Side * Side];
        for (int i = 0; i < values.Length; i++)
        {
            (int x, int y) = (i % Side, i / Side % Side);
            values[i] = y <= Last && x >= Left + 20 ? -1 : (x - Left) * Slope;
        }

        float[] filled = Values(ShallowReflection.Fill(Tensor.From(values, 1, 3, Side, Side), Mask(Side, Side, new Margins(Left, 0, 0, 0))));

        for (int y = 0; y < Side; y++)
            Assert.InRange(filled.AsSpan(y * Side, Left).ToArray().Max() / Slope, 14, 20 + (2 * Math.Max(0, y - Last - 6)));
        Assert.Equal(Left * Slope, filled[(Side - 1) * Side], 1e-5f);
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(16, 64)]
    public void Small_canvases_and_single_pixels_are_filled(int height, int width)
    {
        Tensor image = Tensor.Full([1, 3, height, width], 0.5);
        Tensor filled = ShallowReflection.Fill(image, Mask(height, width, new Margins(3, 2, width - 4, height - 3)));
        Assert.All(Values(filled), value => Assert.Equal(0.5f, value));
    }

    public void Dispose() => scope.Dispose();

    private static void AssertReturns(int distance, Func<int, float> ground, bool returns)
    {
        Tensor mask = Mask(Side, Side, Holes);
        var values = new float[Holes.Length * 3 * Side * Side];
        for (int i = 0; i < values.Length; i++)
        {
            Margins hole = Holes[i / (3 * Side * Side)];
            var reach = new Margins(hole.Left + distance, hole.Top + distance, hole.Right + distance, hole.Bottom + distance);
            values[i] = IsHole(reach, i % Side, i / Side % Side, Side, Side) ? ground(i) : Object;
        }
        Tensor image = Tensor.From(values, Holes.Length, 3, Side, Side);

        float[] filled = Values(ShallowReflection.Fill(image, mask)), mirrored = Values(ReflectionPrefill.Fill(image, mask));

        for (int i = 0; i < Holes.Length; i++)
        {
            Assert.Contains(Object, InHole(mirrored, i));
            Assert.Equal(returns, InHole(filled, i).Contains(Object));
            Assert.Equal(InKnown(values, i), InKnown(filled, i));
        }
    }

    private static IEnumerable<float> InHole(float[] values, int image) => Pixels(values, image, hole: true);

    private static IEnumerable<float> InKnown(float[] values, int image) => Pixels(values, image, hole: false);

    private static IEnumerable<float> Pixels(float[] values, int image, bool hole) => Enumerable
        .Range(image * 3 * Side * Side, 3 * Side * Side)
        .Where(i => IsHole(Holes[image], i % Side, i / Side % Side, Side, Side) == hole)
        .Select(i => values[i]);
}
