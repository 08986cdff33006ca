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
        FloatImage canvas = SmoothNoise();
        for (int y = 0; y < 128; y++) // the columns on the left are the picture's, 40 further right
            canvas.Row(y).Slice(40 * 3, 24 * 3).CopyTo(canvas.Row(y));

        OffsetField field = Match(canvas);

        Assert.InRange(ShareLedAside(field, 31, 98), 0.8, 1);
    }

    [Fact]
    public void Of_two_places_that_look_alike_the_one_about_as_high_is_taken()
    {
        FloatImage canvas = SmoothNoise();
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

        Assert.InRange(ShareLedAside(field, 71, 98), 0.8, 1);
    }

    [Fact]
    public void Of_two_places_that_look_alike_the_one_of_the_same_hue_is_taken_even_if_it_is_not_as_high()
    {
        const float Tint = 80;
        FloatImage canvas = SmoothNoise();
        for (int y = 24; y < 64; y++)
        {
            // The lower half is the upper one in another hue, as bright; the columns on the left are those of the lower one.
            canvas.Row(y).CopyTo(canvas.Row(y + 40));
            Span<float> lower = canvas.Row(y + 40);
            for (int i = 0; i < lower.Length; i++)
                lower[i] += (i % 3) switch { 0 => Tint, 1 => -Tint, _ => 0 };
            lower.Slice(40 * 3, 24 * 3).CopyTo(canvas.Row(y));
        }

        OffsetField field = Match(canvas);

        double ledDown = Hole().Where(at => at.X < 18 && at.Y is >= 31 and < 58).Average(at => at.Y + field[at.X, at.Y].Y >= 64 ? 1.0 : 0);
        Assert.InRange(ledDown, 0.8, 1);
    }

    [Fact]
    public void Offsets_are_known_to_a_fraction_of_a_pixel()
    {
        FloatImage large = SmoothNoise(512, 12);
        for (int row = 0; row < 512; row++) // the columns on the left are the picture's, 40.25 pixels of the small canvas further right
            large.Row(row).Slice(161 * 3, 96 * 3).CopyTo(large.Row(row));

        OffsetField field = Match(large.Halve().Halve());

        (float x, float y) = field.Exact(new Offset(40, 0));
        Assert.InRange(x, 40.1, 40.3);
        Assert.InRange(y, -0.1, 0.1);
    }

    [Fact]
    public void No_textured_place_is_copied_from_again_and_again()
    {
        Assert.InRange(ShareOfOftenCopied(textured: 3), 0, 0.05);
    }

    [Fact]
    public void Where_nothing_is_textured_it_does_not_matter_how_often_a_place_is_copied_from()
    {
        Assert.InRange(ShareOfOftenCopied(textured: 0), 0.3, 1);
    }

    [Fact]
    public void The_photo_is_copied_from_rather_than_what_an_earlier_step_has_filled_even_if_that_is_a_little_more_alike()
    {
        const float Tint = 25;
        FloatImage canvas = SmoothNoise();
        for (int y = 0; y < 128; y++)
        {
            // The columns from 24 on, which an earlier step has filled, are the photo's in another hue; those on the left go on with them.
            canvas.Row(y).Slice(64 * 3, 40 * 3).CopyTo(canvas.Row(y)[(24 * 3)..]);
            canvas.Row(y).Slice(24 * 3, 24 * 3).CopyTo(canvas.Row(y));
            for (int x = 64; x < 104; x++)
                canvas.Row(y)[(x * 3) + 1] += Tint;
        }

        OffsetField field = OffsetField.Match(canvas, new FloatImage(128, 128, TextureLevel.Channels), Known, new KnownArea(64, 24, 40, 80));

        double ledToThePhoto = Hole().Where(at => at.X < 18 && at.Y is >= 31 and < 98).Average(at => at.X + field[at.X, at.Y].X >= 64 ? 1.0 : 0);
        Assert.InRange(ledToThePhoto, 0.8, 1);
    }

    [Fact]
    public void What_should_be_sharp_is_copied_from_what_is_sharp_though_what_is_not_is_nearer()
    {
        var texture = new FloatImage(128, 128, TextureLevel.Channels);
        for (int i = 0; i < 128 * 128; i++)
            texture.Values.AsSpan(i * TextureLevel.Channels, TextureLevel.Channels)[2] = Known.Contains(i % 128, i / 128) && i % 128 < 64 ? -1.5f : 0;

        OffsetField field = OffsetField.Match(SmoothNoise(), texture, Known, Known);

        double sharp = Hole().Where(at => at.X < 20).Average(at => at.X + field[at.X, at.Y].X >= 60 ? 1.0 : 0);
        Assert.InRange(sharp, 0.95, 1);
    }

    // Of a hole that looks like one small place of the picture and a little less like all others: what is copied from places that
    // six or more of its pixels copy from.
    private static double ShareOfOftenCopied(float textured)
    {
        FloatImage canvas = FloatImage.From(TexturedPicture.Noise(128, 128, (x, y) => Known.Contains(x, y) && (x / 12, y / 12) != (5, 5)));
        OffsetField field = OffsetField.Match(canvas, new FloatImage(128, 128, TextureLevel.Channels).Select(_ => textured), Known, Known);

        var uses = Hole().CountBy(at => (at.X + field[at.X, at.Y].X, at.Y + field[at.X, at.Y].Y)).ToList();
        return uses.Where(place => place.Value >= 6).Sum(place => place.Value) / (double)uses.Sum(place => place.Value);
    }

    // Of the pixels of the hole on the left, those that are led 40 pixels to the right, to a quarter of a pixel.
    private static double ShareLedAside(OffsetField field, int fromRow, int endRow) => Hole()
        .Where(at => at.X is > 3 and < 20 && at.Y >= fromRow && at.Y < endRow)
        .Select(at => field.Exact(field[at.X, at.Y]))
        .Average(offset => Math.Abs(offset.X - 40) < 0.25 && Math.Abs(offset.Y) < 0.25 ? 1.0 : 0);

    // Of about the same contrast, however wide the blur.
    private static FloatImage SmoothNoise(int side = 128, double blur = 3) => FloatImage.From(TexturedPicture.Noise(side, side))
        .Blur(blur).Select(value => 128 + ((float)blur * 10 / 3 * (value - 128)));

    private static OffsetField Match(FloatImage canvas) =>
        OffsetField.Match(canvas, new FloatImage(canvas.Width, canvas.Height, TextureLevel.Channels), Known, Known);

    private static IEnumerable<(int X, int Y)> Hole() =>
        from y in Enumerable.Range(0, 128)
        from x in Enumerable.Range(0, 128)
        where !Known.Contains(x, y)
        select (x, y);
}
