using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Training;
using Outpaint.Training.Masks;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Training;

public sealed class EarlierFillTests : IDisposable
{
    private const int Side = 72; // of which a ninth is 8

    private static readonly Margins[] Holes = [new(12, 12, 12, 12), new(0, 0, 20, 0), new(12, 0, 0, 12)];
    private static readonly Margins[] LargerHoles = [new(20, 20, 20, 20), new(0, 0, 28, 0), new(20, 0, 0, 20)];

    private readonly TensorScope scope = new();
    private readonly Generator generator;
    private readonly Tensor original = Image(3, Side, Side);
    private readonly Tensor mask = Mask(Side, Side, Holes);

    public EarlierFillTests()
    {
        generator = WithRandomWeights(new Generator(new GeneratorOptions(8, 1)));
        generator.Train(false);
    }

    [Fact]
    public void The_known_part_ends_in_what_the_generator_makes_of_the_rest()
    {
        Tensor larger = Mask(Side, Side, LargerHoles);
        Tensor filled = generator.Forward(original, larger);

        (Tensor given, Tensor invented) = EarlierFill.Make(generator, original, mask, warp: null, share: 1);

        Assert.Equal(Values(larger), Values(invented));
        Tensor expected = original + ((filled - original) * (larger - mask));
        Assert.All(Values(expected).Zip(Values(given)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.False(given.RequiresGrad);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.3, 1)]
    [InlineData(0.5, 2)]
    public void Only_in_the_last_share_of_the_batch(double share, int changed)
    {
        (Tensor given, Tensor invented) = EarlierFill.Make(generator, original, mask, warp: null, share);

        for (int i = 0; i < Holes.Length; i++)
        {
            bool stays = i < Holes.Length - changed;
            Assert.Equal(stays, Values(original[i]).SequenceEqual(Values(given[i])));
            Assert.Equal(Values(Mask(Side, Side, stays ? Holes[i] : LargerHoles[i])), Values(invented[i]));
        }
    }

    public void Dispose()
    {
        generator.Dispose();
        scope.Dispose();
    }
}
