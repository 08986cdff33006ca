using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public sealed class RgbImageTests
{
    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 3)]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public void A_picture_is_not_pasted_where_it_does_not_fit(int left, int top)
    {
        var canvas = new RgbImage(4, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => canvas.Paste(Pictures.Plain(3, 2, 1, 1, 1), left, top));
        Assert.All(canvas.Pixels, value => Assert.Equal(0, value));
    }
}
