using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public class ExtendColourTests
{
    public static TheoryData<byte, byte, string, byte> HalfTransparent
    {
        get
        {
            var cases = new TheoryData<byte, byte, string, byte>();
            foreach ((byte colourType, byte bits, string profile) in PngSource.Kinds.Select(kind => kind.Data))
            {
                if (colourType is PngFile.Rgba or PngFile.GreyAlpha)
                    cases.AddRange((colourType, bits, profile, 20), (colourType, bits, profile, 100), (colourType, bits, profile, 230));
            }
            return cases;
        }
    }

    [Theory, MemberData(nameof(PngSource.Kinds), MemberType = typeof(PngSource))]
    public void The_canvas_meets_the_source_in_the_same_colours(byte colourType, byte bits, string profile)
    {
        // A plain source seen by the model, carried on exactly: any loss on the way back would be a seam.
        byte[] pixel = colourType is PngFile.Rgb or PngFile.Rgba ? [180, 120, 60, 255] : [120, 255];
        if (colourType is PngFile.Rgb or PngFile.Grey)
            pixel = pixel[..^1];
        (byte[] fill, byte[] known) = Continue(colourType, bits, profile, pixel);
        for (int i = 0; i < known.Length; i += bits / 8)
            Assert.InRange(fill[i] - known[i], -1, 1);
    }

    [Theory, InlineData(""), InlineData("wide"), InlineData("broken")]
    public void Floats_go_on_in_the_same_colours(string profile)
    {
        byte[]? icc = profile switch { "wide" => IccProfile.WideRgb(), "broken" => new byte[200], _ => null };
        using Photo source = Photo.FromBytes(TiffFile.EncodeFloats(20, 10, [0.5f, 0.3f, 0.2f], icc));
        (byte red, byte green, byte blue) = Pictures.At(source.ToDeviceRgb(), 0, 0);
        using Photo extended = source.Extend(Pictures.Plain(24, 14, red, green, blue), 2, 2);
        RgbImage after = extended.ToRgb();
        Assert.True(red > 100 && red > green && green > blue, $"{red} {green} {blue}");
        Assert.InRange(Pictures.MeanDifference(Pictures.Crop(after, 0, 0, 2, 2), Pictures.Crop(after, 2, 2, 2, 2)), 0, 1);
    }

    [Theory]
    [InlineData(8, 200, 120, 40, 0)] // separated without black
    [InlineData(8, 60, 30, 20, 90)]
    [InlineData(8, 0, 0, 0, 200)] // black only
    [InlineData(16, 200, 120, 40, 0)]
    [InlineData(16, 60, 30, 20, 90)]
    public void Inks_without_a_profile_go_on_with_as_much_black(byte bits, byte cyan, byte magenta, byte yellow, byte black)
    {
        byte[] inks = [cyan, magenta, yellow, black];
        byte[] pixel = [.. inks.SelectMany(ink => Enumerable.Repeat(ink, bits / 8))];
        byte[] plain = [.. Enumerable.Repeat(pixel, 200).SelectMany(samples => samples)];
        using Photo source = Photo.FromBytes(TiffFile.Encode(20, 10, 4, bits, TiffFile.Separated, plain));
        (byte red, byte green, byte blue) = Pictures.At(source.ToDeviceRgb(), 0, 0);
        using Photo extended = source.Extend(Pictures.Plain(20, 11, red, green, blue), 0, 0);
        byte[] known = Inks(extended.ToBytes(".tif"), 9), fill = Inks(extended.ToBytes(".tif"), 10);
        Assert.Equal(inks, known);
        for (int i = 0; i < known.Length; i++)
            Assert.InRange(fill[i] - known[i], -2, 2);
    }

    [Theory, InlineData(8), InlineData(16)]
    public void White_and_black_reach_the_ends_of_the_scale(byte bits)
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(PngSource.Encode(PngFile.Rgba, bits, ""));
        foreach (byte value in new byte[] { 0, 255 })
        {
            using Photo extended = source.Extend(Pictures.Plain(22, 12, value, value, value), 1, 1);
            extended.Save(folder.File("after.png"));
            byte[] pixel = new PngReader(folder.File("after.png")).Row(0, 0, 1);
            Assert.All(pixel[..(3 * bits / 8)], sample => Assert.Equal(value, sample));
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4)]
    public void Few_grey_levels_do_not_limit_the_canvas(byte bits)
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(PngFile.Encode(8, 2, PngFile.Grey, bits, new byte[2 * bits]));
        using Photo extended = source.Extend(Pictures.Plain(10, 4, 100, 100, 100), 1, 1);
        extended.Save(folder.File("after.png"));
        using Photo again = Photo.Load(folder.File("after.png"));
        Assert.Equal((100, 100, 100), Pictures.At(again.ToRgb(), 0, 0));
    }

    [Fact]
    public void A_palette_does_not_limit_the_canvas()
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(PngFile.Encode(2, 2, PngFile.Palette, 8, [1, 0, 0, 1], ("PLTE", [1, 2, 3, 200, 100, 50])));
        RgbImage canvas = Pictures.Scene(40, 40);
        using Photo extended = source.Extend(canvas, 38, 38);
        extended.Save(folder.File("after.png"));
        using Photo again = Photo.Load(folder.File("after.png"));
        Assert.Equal(Pictures.Crop(canvas, 0, 0, 40, 38).Pixels, Pictures.Crop(again.ToRgb(), 0, 0, 40, 38).Pixels);
    }

    [Fact]
    public void Colours_beyond_srgb_are_continued_as_they_are()
    {
        using var folder = new TemporaryFolder();
        byte[] red = Enumerable.Repeat(new byte[] { 255, 0, 0 }, 200).SelectMany(pixel => pixel).ToArray();
        using Photo source = Photo.FromBytes(PngSource.Encode(PngFile.Rgb, 8, "wide", red));
        Assert.Equal((255, 0, 0), Pictures.At(source.ToDeviceRgb(), 3, 3));
        using Photo extended = source.Extend(Pictures.Plain(22, 12, 255, 0, 0), 1, 1);
        extended.Save(folder.File("after.png"));
        Assert.Equal([255, 0, 0], new PngReader(folder.File("after.png")).Row(0, 0, 1));
    }

    [Fact]
    public void An_even_gradient_in_16_bits_has_no_steps_of_8_bits()
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(PngSource.Encode(PngFile.Grey, 16, ""));
        RgbImage canvas = Pictures.Plain(400, 60, 100, 100, 100);
        canvas.Pixels.AsSpan(200 * 3, 200 * 3).Fill(101);
        using Photo extended = source.Extend(canvas, 0, 40);
        extended.Save(folder.File("after.png"));
        byte[] row = new PngReader(folder.File("after.png")).Row(0, 0, 400);
        int[] values = [.. row.Chunk(2).Select(sample => (sample[0] << 8) | sample[1])];
        Assert.True(values[..200].Distinct().Count() > 50, "noise hides the step");
        Assert.InRange(values[..200].Average(), (100 * 257) - 40, (100 * 257) + 40);
        Assert.InRange(values[200..].Average(), (101 * 257) - 40, (101 * 257) + 40);
    }

    [Theory, InlineData(0), InlineData(255)]
    public void Transparency_goes_on_as_it_is_at_the_border(byte alpha)
    {
        using var folder = new TemporaryFolder();
        byte[] pixels = Enumerable.Repeat(new byte[] { 10, 20, 30, alpha }, 200).SelectMany(pixel => pixel).ToArray();
        using Photo source = Photo.FromBytes(PngSource.Encode(PngFile.Rgba, 8, "", pixels));
        using Photo extended = source.Extend(Pictures.Plain(30, 20, 200, 210, 220), 5, 5);
        extended.Save(folder.File("after.png"));
        PngReader after = new(folder.File("after.png"));
        // Its colour is the canvas's, not black, even where nobody sees it.
        foreach ((int x, int y) in new[] { (0, 0), (29, 19), (15, 0), (0, 10) })
            Assert.Equal([200, 210, 220, alpha], after.Row(y, x, 1));
    }

    [Theory, MemberData(nameof(HalfTransparent))]
    public void The_canvas_takes_on_the_colours_under_the_transparency(byte colourType, byte bits, string profile, byte alpha)
    {
        byte[] pixel = colourType == PngFile.Rgba ? [180, 120, 60, alpha] : [120, alpha];
        (byte[] fill, byte[] known) = Continue(colourType, bits, profile, pixel);
        int rounding = 1 + (127 / alpha); // half a step of the canvas, under the alpha
        for (int i = 0; i < known.Length; i += bits / 8)
            Assert.InRange(fill[i] - known[i], -rounding, rounding);
        Assert.Equal(alpha, fill[^1]);
    }

    [Theory, InlineData(""), InlineData("wide")]
    public void Half_transparent_floats_go_on_in_the_same_colours(string profile)
    {
        byte[]? icc = profile == "wide" ? IccProfile.WideRgb() : null;
        using Photo source = Photo.FromBytes(TiffFile.EncodeFloats(20, 10, [0.5f, 0.3f, 0.2f, 0.4f], icc));
        (byte red, byte green, byte blue) = Pictures.At(source.ToDeviceRgb(), 0, 0);
        using Photo extended = source.Extend(Pictures.Plain(24, 14, red, green, blue), 2, 2);
        RgbImage after = extended.ToRgb();
        Assert.True(blue < 250, "the picture is seen on white");
        Assert.InRange(Pictures.MeanDifference(Pictures.Crop(after, 0, 0, 2, 2), Pictures.Crop(after, 2, 2, 2, 2)), 0, 1);
    }

    [Fact]
    public void A_figure_cut_off_by_the_border_goes_on_beyond_it()
    {
        using var folder = new TemporaryFolder();
        var pixels = new byte[200 * 4];
        for (int y = 5; y < 10; y++)
        {
            for (int x = 8; x < 12; x++)
                pixels[(((y * 20) + x) * 4) + 3] = 255;
        }
        using Photo source = Photo.FromBytes(PngSource.Encode(PngFile.Rgba, 8, "", pixels));
        using Photo extended = source.Extend(Pictures.Plain(20, 16, 1, 2, 3), 0, 3);
        extended.Save(folder.File("after.png"));
        byte[] below = new PngReader(folder.File("after.png")).Row(15, 0, 20), above = new PngReader(folder.File("after.png")).Row(0, 0, 20);
        Assert.Equal([.. new byte[8], 255, 255, 255, 255, .. new byte[8]], below.Chunk(4).Select(pixel => pixel[3]));
        Assert.All(above.Chunk(4), pixel => Assert.Equal(0, pixel[3]));
    }

    // A pixel of a plain picture, and one of its canvas, which is what the model sees.
    private static (byte[] Fill, byte[] Known) Continue(byte colourType, byte bits, string profile, byte[] pixel)
    {
        byte[] samples = [.. pixel.SelectMany(value => Enumerable.Repeat(value, bits / 8))];
        byte[] plain = [.. Enumerable.Repeat(samples, 200).SelectMany(values => values)];
        using Photo source = Photo.FromBytes(PngSource.Encode(colourType, bits, profile, plain));
        (byte red, byte green, byte blue) = Pictures.At(source.ToDeviceRgb(), 0, 0);
        using Photo extended = source.Extend(Pictures.Plain(24, 14, red, green, blue), 2, 2);

        using var folder = new TemporaryFolder();
        extended.Save(folder.File("after.png"));
        PngReader after = new(folder.File("after.png"));
        return (after.Row(0, 0, 1), after.Row(2, 2, 1));
    }

    // In 8 bits, of a row's first pixel: those of the file with the black called opacity.
    private static byte[] Inks(byte[] tiff, int row)
    {
        const ushort photometric = 262;
        using var folder = new TemporaryFolder();
        using Photo photo = Photo.FromBytes(TiffFile.WithField(tiff, photometric, photometric, 3, 1, TiffFile.Rgb));
        photo.Save(folder.File("inks.png"));
        byte[] pixel = new PngReader(folder.File("inks.png")).Row(row, 0, 1);
        return [.. pixel.Chunk(pixel.Length / 4).Select(sample => sample[0])];
    }
}
