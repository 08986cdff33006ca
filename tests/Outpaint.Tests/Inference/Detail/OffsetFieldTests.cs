using Outpaint.Inference;
using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference.Detail;

public sealed class OffsetFieldTests
{
    private static readonly KnownArea Known = new(24, 24, 80, 80);

    [Fact]
    public void Every_offset_leads_into_the_picture()
    {
        OffsetField field = Match(FloatImage.From(TexturedPicture.Noise(128, 128)));

        foreach ((int x, int y) in Hole())
            Assert.True(Known.Contains(x + field[x, y].X, y + field[x, y].Y));
    }

    [Fact]
    public void Neighbours_mostly_agree_so_that_regions_are_copied_and_not_pixels()
    {
        OffsetField field = Match(FloatImage.From(TexturedPicture.Noise(128, 128, Known.Contains)));

        double agreeing = Hole().Where(at => at.X > 0 && !Known.Contains(at.X - 1, at.Y))
            .Average(at => field[at.X, at.Y] == field[at.X - 1, at.Y] ? 1.0 : 0);

        Assert.InRange(agreeing, 0.6, 0.98);
    }

    [Fact]
    public void A_fill_that_shows_the_picture_again_is_led_to_its_place()
    {
        FloatImage canvas = FloatImage.From(TexturedPicture.Noise(128, 128)).Blur(3);
        for (int i = 0; i < canvas.Values.Length; i++)
            canvas.Values[i] = 128 + (10 * (canvas.Values[i] - 128));
        for (int y = 0; y < 128; y++) // the columns on the left are the picture's, 40 further right
            canvas.Row(y).Slice(40 * 3, 24 * 3).CopyTo(canvas.Row(y));

        OffsetField field = Match(canvas);

        double found = Hole().Where(at => at.X is > 3 and < 20 && at.Y is > 30 and < 98)
            .Average(at => field[at.X, at.Y] == new Offset(40, 0) ? 1.0 : 0);
        Assert.InRange(found, 0.8, 1);
    }

    [Fact]
    public void Of_two_places_that_look_alike_the_one_about_as_high_is_taken()
    {
        FloatImage canvas = FloatImage.From(TexturedPicture.Noise(128, 128)).Blur(3);
        for (int i = 0; i < canvas.Values.Length; i++)
            canvas.Values[i] = 128 + (10 * (canvas.Values[i] - 128));
        for (int y = 24; y < 64; y++)
        {
            // The lower half is the upper one in another light; the columns on the left are those 40 further right, but in the first light.
            canvas.Row(y).CopyTo(canvas.Row(y + 40));
            canvas.Row(y).Slice(40 * 3, 24 * 3).CopyTo(canvas.Row(y));
            canvas.Row(y).Slice(40 * 3, 24 * 3).CopyTo(canvas.Row(y + 40));
            foreach (ref float value in canvas.Row(y + 40)[(24 * 3)..])
                value += 40;
        }

        OffsetField field = Match(canvas);

        double aside = Hole().Where(at => at.X is > 3 and < 20 && at.Y is > 70 and < 98)
            .Average(at => field[at.X, at.Y] == new Offset(40, 0) ? 1.0 : 0);
        Assert.InRange(aside, 0.8, 1);
    }

    private static OffsetField Match(FloatImage canvas) =>
        OffsetField.Match(canvas, new FloatImage(canvas.Width, canvas.Height, 1), Known, Known);

    private static IEnumerable<(int X, int Y)> Hole() =>
        from y in Enumerable.Range(0, 128)
        from x in Enumerable.Range(0, 128)
        where !Known.Contains(x, y)
        select (x, y);
}
