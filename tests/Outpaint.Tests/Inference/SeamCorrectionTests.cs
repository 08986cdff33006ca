using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Inference.Seam;
using Outpaint.Tests.Imaging;

namespace Outpaint.Tests.Inference;

public sealed class SeamCorrectionTests
{
    private const int Side = 96;
    private const int Band = 48;
    private const byte Grey = 120;

    // A weave whose last thread is dark.
    private static readonly byte[] Threads = [108, 116, 132, 124];

    [Fact]
    public void Away_from_the_border_copied_detail_goes_on_in_the_colour_of_a_weave_and_not_in_that_of_its_last_thread()
    {
        float[] fill = Corrected(SeamDetail.Copied);
        Assert.All(fill[12..], value => Assert.InRange(value, Grey - 0.5, Grey + 0.5));
    }

    [Fact]
    public void Beside_the_border_it_begins_in_the_colour_of_the_last_thread()
    {
        Assert.InRange(Corrected(SeamDetail.Copied)[0], 102, 106);
    }

    [Theory]
    [InlineData(0, 8, 14)]
    [InlineData(40, 1, 6)]
    public void What_is_soft_goes_on_farther_than_what_is_sharp(int grain, double least, double most)
    {
        // Waves along each side, with their crests in the middle of it, and grain or none.
        var waves = new RgbImage(Side, Side);
        for (int i = 0; i < waves.Pixels.Length; i++)
        {
            int x = i / 3 % Side, y = i / 3 / Side, along = x is < 8 or >= Side - 8 ? y : x;
            double wave = 20 * Math.Cos(2 * Math.PI * (along - (Side / 2)) / 32);
            waves.Pixels[i] = (byte)(Grey + wave + (grain * ((((x * 7) + (y * 13)) % 5) - 2) / 2));
        }
        Assert.InRange(Corrected(waves, SeamDetail.Copied)[5] - Grey, least, most);
    }

    [Theory]
    [InlineData(1, 0, 0, 0)]
    [InlineData(0, 2, 0, 40)]
    [InlineData(40, 1, 3, 17)]
    public void The_narrowest_band_has_room(int left, int top, int right, int bottom)
    {
        CanvasGeometry canvas = CanvasGeometry.ForMargins(Side, Side, left, top, right, bottom);
        var black = new RgbImage(Side, Side);
        var fill = new PlainFill();
        RgbImage joined = new FillJoin(black, fill, canvas, new SeamCorrection(black, canvas, fill, SeamDetail.Copied)).Run(_ => { }, default);
        Assert.All(joined.Pixels, value => Assert.InRange(value, 0, Grey));
        Assert.Equal(0, Pictures.At(joined, Math.Max(0, left - 1), Math.Max(0, top - 1)).Red);
    }

    // What is to the right of the middle of a picture that is such a weave along each of its sides.
    private static float[] Corrected(SeamDetail detail)
    {
        var weave = new RgbImage(Side, Side);
        for (int i = 0; i < weave.Pixels.Length; i++)
        {
            int x = i / 3 % Side, y = i / 3 / Side;
            weave.Pixels[i] = Threads[Math.Min(Math.Min(x, Side - 1 - x), Math.Min(y, Side - 1 - y)) % 4];
        }
        return Corrected(weave, detail);
    }

    private static float[] Corrected(RgbImage picture, SeamDetail detail)
    {
        CanvasGeometry canvas = CanvasGeometry.ForMargins(Side, Side, Band, Band, Band, Band);
        var row = new float[Band * 3];
        var fill = new PlainFill();
        fill.Read(0, 0, row);
        new SeamCorrection(picture, canvas, fill, detail).AddTo(Band + (Side / 2), Band + Side, row);
        return [.. Enumerable.Range(0, Band).Select(x => row[x * 3])];
    }

    private sealed class PlainFill : IFill
    {
        public void Read(int y, int from, Span<float> values) => values.Fill(Grey);
    }
}
