using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;
using Outpaint.Training.Masks;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Models;

public sealed class ReflectionPrefillTests : IDisposable
{
    private const int Height = 16;
    private const int Width = 24;

    private static readonly Margins[] Holes =
    [
        new(5, 0, 0, 0), new(0, 5, 0, 0), new(0, 0, 5, 0), new(0, 0, 0, 5), // one side
        new(5, 3, 0, 0), new(0, 3, 5, 0), new(5, 0, 0, 3), new(0, 0, 5, 3), // corners
        new(4, 4, 4, 4), new(1, 2, 3, 4), // all round
        new(10, 7, 11, 6), new(0, 12, 21, 1), // a known part much smaller than the hole: several reflections
        new(23, 15, 0, 0), new(12, 8, 11, 7), // one known pixel
        new(0, 0, 0, 0),
    ];

    private readonly TensorScope scope = new();

    [Fact]
    public void Every_hole_is_filled_as_by_walking_back_and_forth_over_the_known_part()
    {
        // All in one batch: each image has a hole of its own.
        Tensor image = Image(Holes.Length, Height, Width);

        Tensor filled = ReflectionPrefill.Fill(image, Mask(Height, Width, Holes));

        float[] original = Values(image), actual = Values(filled);
        for (int i = 0; i < actual.Length; i++)
        {
            (int x, int y, int plane) = (i % Width, i / Width % Height, i / (Width * Height));
            Margins hole = Holes[plane / 3];
            int fromX = Bounce(x, hole.Left, Width - 1 - hole.Right), fromY = Bounce(y, hole.Top, Height - 1 - hole.Bottom);
            Assert.True(original[((plane * Height) + fromY) * Width + fromX] == actual[i], $"{hole} at {x}, {y}");
        }
    }

    [Theory]
    [InlineData(2, Height)]
    [InlineData(3, Width)]
    public void The_known_rectangle_tells_nearest_index_and_distance(int dimension, int length)
    {
        KnownRectangle known = KnownRectangle.Along(Mask(Height, Width, Holes), dimension);

        float[] nearest = Values(known.Nearest()), distance = Values(known.Distance());

        Assert.Equal(Holes.Length * length, distance.Length);
        for (int i = 0; i < distance.Length; i++)
        {
            Margins hole = Holes[i / length];
            (int before, int behind) = dimension == 2 ? (hole.Top, hole.Bottom) : (hole.Left, hole.Right);
            int index = i % length, expected = Math.Clamp(index, before, length - 1 - behind);
            Assert.Equal((expected, Math.Abs(index - expected)), (nearest[i], distance[i]));
        }
    }

    [Fact]
    public void Blurring_keeps_flat_colours_and_removes_detail()
    {
        Tensor flat = Tensor.Full([1, 3, 16, 16], 0.25);
        Tensor stripes = Tensor.Arange(0, 16, DType.Float32).Reshape(1, 1, 1, 16).Expand(1, 3, 16, 16);
        stripes = Dispatcher.Call("remainder.Scalar", stripes, 2.0);

        Assert.All(Values(ReflectionPrefill.Blur(flat)), value => Assert.Equal(0.25f, value, 1e-6));
        Assert.All(Values(ReflectionPrefill.Blur(stripes)), value => Assert.Equal(0.5f, value, 1e-6));
    }

    public void Dispose() => scope.Dispose();

    // Mirrors at the first and the last known pixel, which are not repeated, until the position is known.
    private static int Bounce(int position, int first, int last)
    {
        while (position < first || position > last)
            position = first == last ? first : position < first ? (2 * first) - position : (2 * last) - position;
        return position;
    }
}
