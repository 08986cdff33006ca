using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference.Detail;

public sealed class KnownAreaTests
{
    private static readonly KnownArea Area = new(5, 4, 3, 6);

    [Fact]
    public void Pixels_outside_mirror_at_the_edges_as_often_as_it_takes() =>
        Assert.Equal(
            [6, 7, 7, 6, 5, 5, 6, 7, 7, 6, 5, 5, 6],
            Enumerable.Range(0, 13).Select(Area.MirrorX));

    [Fact]
    public void A_margin_leaves_at_least_the_middle()
    {
        Assert.Equal(new KnownArea(6, 5, 1, 4), Area.Inset(1));
        Assert.Equal(new KnownArea(6, 6, 1, 2), Area.Inset(9));
    }

    [Fact]
    public void Half_the_size_keeps_whole_pixels_of_the_picture_only() => Assert.Equal(new KnownArea(3, 2, 1, 3), Area.Halve());
}
