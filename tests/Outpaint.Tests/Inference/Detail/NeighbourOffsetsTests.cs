using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference.Detail;

public sealed class NeighbourOffsetsTests
{
    private static readonly KnownArea Known = new(20, 20, 20, 20);
    private static readonly Offset Own = new(30, -5);

    [Fact]
    public void An_offset_that_all_neighbours_have_costs_nothing() =>
        Assert.Equal(0, Around(10, 10, distance: 2, _ => Own).Disagreement(Own));

    [Theory]
    [InlineData(30, 11, 2500)] // 16 apart
    [InlineData(46, -5, 2500)]
    [InlineData(-30, 5, 2500)]
    [InlineData(30, 10, 5000)] // 15 apart: the same piece of the photo would be seen twice
    [InlineData(15, -20, 5000)]
    [InlineData(31, -5, 5000)]
    public void Each_neighbour_of_another_offset_costs_the_more_the_nearer_it_is(short x, short y, int cost)
    {
        for (int neighbours = 1; neighbours <= NeighbourOffsets.Count; neighbours++)
        {
            int others = neighbours;
            Assert.Equal(neighbours * cost, Around(10, 10, distance: 1, neighbour => neighbour < others ? new Offset(x, y) : Own).Disagreement(Own));
        }
    }

    [Theory]
    [InlineData(0, 0)] // two neighbours are outside the canvas
    [InlineData(19, 30)] // one shows the picture
    public void What_is_not_in_the_hole_costs_every_offset_the_same(int x, int y)
    {
        NeighbourOffsets around = Around(x, y, distance: 1, _ => Own);

        int fixedCost = around.Disagreement(Own), inHole = 4 - (fixedCost / 2500);
        Assert.InRange(inHole, 2, 3);
        Assert.Equal(fixedCost + (inHole * 2500), around.Disagreement(new Offset(-40, 60)));
        Assert.Equal(fixedCost + (inHole * 5000), around.Disagreement(new Offset(31, -5)));
    }

    private static NeighbourOffsets Around(int x, int y, int distance, Func<int, Offset> neighbour)
    {
        var field = new OffsetField(60, 60);
        (int, int)[] places = [(x - distance, y), (x + distance, y), (x, y - distance), (x, y + distance)];
        for (int i = 0; i < places.Length; i++)
        {
            (int column, int row) = places[i];
            if (column >= 0 && row >= 0)
                field[column, row] = neighbour(i);
        }
        return new NeighbourOffsets(field, Known, x, y, distance);
    }
}
