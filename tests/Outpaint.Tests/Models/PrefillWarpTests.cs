using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;
using Outpaint.Training.Masks;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Models;

public sealed class PrefillWarpTests : IDisposable
{
    private const int Side = 64;

    private static readonly Margins AllRound = new(16, 16, 16, 16);

    private readonly TensorScope scope = new();

    [Fact]
    public void Known_pixels_stay_and_the_hole_changes()
    {
        Margins[] holes = [AllRound, new(24, 0, 0, 0), new(0, 0, 16, 8)];
        Tensor image = Image(holes.Length, Side, Side), mask = Mask(Side, Side, holes);

        Tensor change = (PrefillWarp.Apply(image, mask, Numbers(1, 2, 3)) - image).Abs();

        Assert.Equal(0, (change * (1 - mask)).Sum().Item());
        Assert.All(Values((change * mask).Sum([1, 2, 3])), sum => Assert.True(sum > 100));
    }

    [Fact]
    public void Numbers_of_0_bend_nothing()
    {
        Tensor image = Image(1, Side, Side);

        Tensor same = PrefillWarp.Apply(image, Mask(Side, Side, AllRound), Tensor.Zeros([1, PrefillWarp.Count]));

        Assert.Equal(Values(image), Values(same));
    }

    [Fact]
    public void Displacements_grow_with_the_distance_from_the_border()
    {
        // A ramp of one pixel per column, everywhere moved as far across as it may be.
        Tensor ramp = Tensor.Arange(0, Side, DType.Float32).Reshape(1, 1, 1, Side).Expand(1, 3, Side, Side);
        double[] numbers = [.. Enumerable.Range(0, PrefillWarp.Count).Select(i => i < PrefillWarp.Count / 2 ? 1.0 : 0)];

        Tensor bent = PrefillWarp.Apply(ramp, Mask(Side, Side, new Margins(16, 0, 0, 0)), AsTensor(numbers));

        // Pixel x of the hole is 16 - x before the border, so what is taken lies at the border.
        float[] row = Values(bent.Narrow(2, 20, 1).Narrow(1, 0, 1));
        Assert.All(row[..16], value => Assert.Equal(16, value));
        Assert.Equal(Enumerable.Range(16, Side - 16).Select(x => (float)x), row[16..]);
    }

    [Fact]
    public void A_canvas_is_bent_as_it_would_be_alone()
    {
        Tensor image = Image(2, Side, 2 * Side), mask = Mask(Side, 2 * Side, AllRound, new Margins(40, 0, 0, 0)), numbers = Numbers(1, 2);

        Tensor together = PrefillWarp.Apply(image, mask, numbers);
        Tensor alone = PrefillWarp.Apply(image.Narrow(0, 1, 1), mask.Narrow(0, 1, 1), numbers.Narrow(0, 1, 1));

        Assert.Equal(Values(alone), Values(together.Narrow(0, 1, 1)));
    }

    [Fact]
    public void Numbers_are_within_the_strength_and_repeat_with_their_seed()
    {
        double[] numbers = PrefillWarp.Draw(new Random(3), 0.25);

        Assert.Equal(PrefillWarp.Count, numbers.Length);
        Assert.All(numbers, number => Assert.InRange(number, -0.25, 0.25));
        Assert.True(numbers.Max() > 0.15 && numbers.Min() < -0.15);
        Assert.Equal(numbers, PrefillWarp.Draw(new Random(3), 0.25));
    }

    public void Dispose() => scope.Dispose();

    private static Tensor Numbers(params int[] seeds) =>
        AsTensor([.. seeds.SelectMany(seed => PrefillWarp.Draw(new Random(seed), 1))]);

    private static Tensor AsTensor(double[] numbers) =>
        Tensor.From(numbers, numbers.Length / PrefillWarp.Count, PrefillWarp.Count).To(DType.Float32);
}
