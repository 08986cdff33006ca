using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference.Detail;

public sealed class ExpectedPlacesTests
{
    private static readonly KnownArea Known = new(10, 10, 40, 40);

    [Fact]
    public void The_place_in_the_mirror_image_costs_nothing()
    {
        var places = new ExpectedPlaces(60, 60, Known, Known);

        Assert.Equal(0, places.Cost(9, 30, new Offset(1, 0)));
        Assert.Equal(0, places.Cost(50, 57, new Offset(-1, -15)));
        Assert.True(places.Cost(9, 30, new Offset(1, 8)) > places.Cost(9, 30, new Offset(1, 4)));
        Assert.True(places.Cost(9, 30, new Offset(1, 8)) > places.Cost(9, 30, new Offset(9, 0)), "rows count more than columns");
    }

    [Fact]
    public void After_earlier_steps_it_is_in_the_outer_quarter_of_the_original()
    {
        var places = new ExpectedPlaces(60, 60, Known, new KnownArea(24, 24, 12, 12));

        Assert.Equal(0, places.Cost(30, 36, new Offset(0, -1)));
        Assert.InRange(places.Cost(30, 59, new Offset(0, -26)), 0, 100); // row 33, where the last quarter begins
        Assert.True(places.Cost(30, 59, new Offset(0, -29)) > places.Cost(30, 59, new Offset(0, -27)));
    }
}
