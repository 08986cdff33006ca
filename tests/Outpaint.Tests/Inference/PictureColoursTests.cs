using Outpaint.Inference;
using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference;

public sealed class PictureColoursTests
{
    private static readonly KnownArea Known = new(16, 16, 64, 48);

    // Of as much luminance as grey of 120.
    private static readonly float[] Grey = [120, 120, 120];
    private static readonly float[] Red = [180, 100, 100];
    private static readonly float[] Green = [90, 150, 90];

    [Fact]
    public void A_picture_in_grey_gets_a_fill_in_grey_of_the_same_luminance()
    {
        FloatImage kept = PictureColours.Apply(Make((x, y) => Known.Contains(x, y) ? Grey : Red), Known, Known);

        AssertColour(Grey, At(kept, 2, 2), 0.01f);
    }

    [Fact]
    public void A_colour_that_the_picture_does_not_show_becomes_nearly_one_that_it_shows()
    {
        FloatImage kept = PictureColours.Apply(Make((x, y) => !Known.Contains(x, y) ? Red : x < 48 ? Grey : Green), Known, Known);

        AssertColour(Grey, At(kept, 2, 40), 10);
        Assert.Equal(120, Luminance(At(kept, 2, 40)), 0.01f);
    }

    [Fact]
    public void Colours_that_the_picture_shows_stay()
    {
        FloatImage filled = Make((x, _) => x % 16 < 8 ? Red : Green);

        Assert.All(PictureColours.Apply(filled, Known, Known).Values.Zip(filled.Values), pair => Assert.Equal(pair.Second, pair.First, 0.01f));
    }

    [Fact]
    public void What_the_middle_alone_shows_or_an_earlier_step_has_filled_does_not_count()
    {
        KnownArea middle = Known.Inset(20), original = Known with { Width = 60 };

        FloatImage kept = PictureColours.Apply(
            Make((x, y) => !Known.Contains(x, y) || middle.Contains(x, y) || !original.Contains(x, y) ? Red : Grey), Known, original);

        AssertColour(Grey, At(kept, 2, 2), 10);
        AssertColour(Red, At(kept, 78, 40), 0); // but what is there stays
    }

    [Fact]
    public void What_reaches_the_border_goes_on_however_few_pixels_it_has()
    {
        Assert.All([16, 79], column => // a few pixels of red, at the left or the right
        {
            bool IsRed(int x, int y) => (!Known.Contains(x, y) && y < 16) || (x == column && y is >= 30 and < 33);

            FloatImage kept = PictureColours.Apply(Make((x, y) => IsRed(x, y) ? Red : Grey), Known, Known);

            AssertColour(Red, At(kept, 2, 2), 0.01f);
        });
        FloatImage farther = PictureColours.Apply(Make((x, y) => (!Known.Contains(x, y) || (x == 20 && y is >= 30 and < 33)) ? Red : Grey), Known, Known);
        AssertColour(Grey, At(farther, 2, 2), 10);
    }

    private static FloatImage Make(Func<int, int, float[]> colour)
    {
        var image = new FloatImage(96, 80, 3);
        for (int i = 0; i < image.Values.Length; i++)
            image.Values[i] = colour(i / 3 % 96, i / 3 / 96)[i % 3];
        return image;
    }

    private static float[] At(FloatImage image, int x, int y) => image.Row(y).Slice(x * 3, 3).ToArray();

    private static float Luminance(float[] pixel) => (pixel[0] + (2 * pixel[1]) + pixel[2]) / 4;

    private static void AssertColour(float[] expected, float[] actual, float tolerance) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
