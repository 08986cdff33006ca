using Outpaint.Testing;
using Outpaint.Tests.Models;
using Outpaint.Torch;
using Outpaint.Training;
using Outpaint.Training.Batches;
using Outpaint.Training.Masks;

namespace Outpaint.Tests.Training;

public sealed class DiffAugmentTests : IDisposable
{
    private const int Size = 8;
    private static readonly Augmentation Neutral = new(Brightness: 0, Saturation: 1, Contrast: 1, ShiftX: 0, ShiftY: 0, Cutout: default);

    private readonly TensorScope scope = new();
    private readonly Tensor image;

    public DiffAugmentTests()
    {
        TorchRuntime.Seed(1);
        image = Tensor.Randn([1, 3, Size, Size]);
    }

    [Fact]
    public void Neutral_values_change_nothing() => AssertClose(image, Changes(Neutral).Apply(image));

    [Fact]
    public void Brightness_is_added() => AssertClose(image + 0.25, Changes(Neutral with { Brightness = 0.25 }).Apply(image));

    [Fact]
    public void Without_saturation_a_picture_is_grey() =>
        AssertClose(image.Mean([1], keepDimensions: true).Expand(1, 3, Size, Size), Changes(Neutral with { Saturation = 0 }).Apply(image));

    [Fact]
    public void Without_contrast_a_picture_is_flat() =>
        AssertClose(image.Mean().Expand(1, 3, Size, Size), Changes(Neutral with { Contrast = 0 }).Apply(image));

    [Fact]
    public void Pictures_and_holes_move_together_and_leave_nothing_behind()
    {
        Augmentation moved = Neutral with { ShiftX = 3, ShiftY = -2 };

        Tensor picture = Changes(moved).Apply(image), hole = Changes(moved).ApplyToMask(Tensor.Ones([1, 1, Size, Size]));

        AssertClose(image.Narrow(2, 2, 6).Narrow(3, 0, 5), picture.Narrow(2, 0, 6).Narrow(3, 3, 5));
        Assert.Equal(0, picture.Narrow(3, 0, 3).Abs().Sum().Item());
        Assert.Equal(0, picture.Narrow(2, 6, 2).Abs().Sum().Item());
        Assert.Equal(6 * 5, hole.Sum().Item());
        Assert.Equal(6 * 5, hole.Narrow(2, 0, 6).Narrow(3, 3, 5).Sum().Item());
    }

    [Fact]
    public void Cutout_blanks_a_rectangle_which_may_reach_over_the_edge_and_is_no_hole_any_more()
    {
        Augmentation cut = Neutral with { Cutout = new Rectangle(-2, 3, 2, 7) };

        Tensor picture = Changes(cut).Apply(image), hole = Changes(cut).ApplyToMask(Tensor.Ones([1, 1, Size, Size]));

        Assert.Equal(0, picture.Narrow(2, 3, 4).Narrow(3, 0, 2).Abs().Sum().Item());
        AssertClose(image.Narrow(3, 2, 6), picture.Narrow(3, 2, 6));
        Assert.Equal((Size * Size) - (4 * 2), hole.Sum().Item());
    }

    [Fact]
    public void Each_picture_has_its_own_change_and_the_gradient_passes_through()
    {
        Augmentation[] both = [Neutral with { Brightness = 0.5, ShiftX = 1 }, Neutral with { Saturation = 0.5, Contrast = 1.25, Cutout = new Rectangle(0, 0, 2, 2) }];
        Tensor pictures = GradientCheck.Leaf(2, 3, 4, 4);

        var changes = new DiffAugment(both, size: 4, Device.Cpu);

        GradientCheck.Verify(() => changes.Apply(pictures), pictures);
    }

    [Fact]
    public void What_is_drawn_stays_within_the_papers_ranges()
    {
        var random = new Random(5);
        for (int i = 0; i < 200; i++)
        {
            Augmentation drawn = Augmentation.Sample(random, 64);
            Assert.InRange(drawn.Brightness, -0.5, 0.5);
            Assert.InRange(drawn.Saturation, 0, 2);
            Assert.InRange(drawn.Contrast, 0.5, 1.5);
            Assert.InRange(drawn.ShiftX, -8, 8);
            Assert.InRange(drawn.ShiftY, -8, 8);
            Assert.Equal((32, 32), (drawn.Cutout.Right - drawn.Cutout.Left, drawn.Cutout.Bottom - drawn.Cutout.Top));
        }
    }

    public void Dispose() => scope.Dispose();

    private static DiffAugment Changes(Augmentation augmentation) => new([augmentation], Size, Device.Cpu);

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(Canvases.Values(expected), Canvases.Values(actual), (a, b) => Math.Abs(a - b) < 1e-4);
    }
}
