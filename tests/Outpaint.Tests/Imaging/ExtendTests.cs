using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public class ExtendTests
{
    private static readonly byte[] Samples = Pictures.Scene(20, 20).Pixels;

    /// <summary>Colour type, bits per sample, and profile: none, wide or grey.</summary>
    public static TheoryData<byte, byte, string> PngKinds => new()
    {
        { PngFile.Rgb, 8, "" },
        { PngFile.Rgb, 16, "" },
        { PngFile.Rgba, 8, "" },
        { PngFile.Rgba, 16, "" },
        { PngFile.Grey, 8, "" },
        { PngFile.Grey, 16, "" },
        { PngFile.GreyAlpha, 8, "" },
        { PngFile.GreyAlpha, 16, "" },
        { PngFile.Rgb, 8, "wide" },
        { PngFile.Rgb, 16, "wide" },
        { PngFile.Rgba, 8, "wide" },
        { PngFile.Grey, 8, "grey" },
        { PngFile.Grey, 16, "grey" },
    };

    [Theory, MemberData(nameof(PngKinds))]
    public void The_source_is_kept_bit_by_bit_in_its_own_format(byte colourType, byte bits, string profile)
    {
        using var folder = new TemporaryFolder();
        string before = folder.Write("before.png", Png(colourType, bits, profile, Samples));
        string after = folder.File("after.png");
        using Photo source = Photo.Load(before);
        using Photo extended = source.Extend(Pictures.Scene(32, 18, seed: 2), 5, 4);
        extended.Save(after);

        PngReader small = new(before), large = new(after);
        Assert.Equal((32, 18, colourType, bits), (large.Width, large.Height, large.ColourType, large.BitDepth));
        Assert.Equal(profile.Length > 0, large.Chunks.Any(chunk => chunk.Name == "iCCP"));
        for (int y = 0; y < 10; y++)
            Assert.Equal(small.Row(y, 0, 20), large.Row(y + 4, 5, 20));
    }

    [Theory, MemberData(nameof(PngKinds))]
    public void The_source_shows_as_far_as_it_is_opaque(byte colourType, byte bits, string profile)
    {
        using var folder = new TemporaryFolder();
        string before = folder.Write("before.png", Png(colourType, bits, profile, Samples));
        using Photo source = Photo.Load(before);
        byte[] opacity = [.. Enumerable.Range(0, 200).Select(i => (byte)(i % 20 < 5 ? 0 : i % 20 < 10 ? 128 : 255))];
        using Photo hidden = source.Extend(Pictures.Scene(32, 18, seed: 2), 5, 4, new byte[200]);
        hidden.Save(folder.File("hidden.png"));
        using Photo extended = source.Extend(Pictures.Scene(32, 18, seed: 2), 5, 4, opacity);
        extended.Save(folder.File("after.png"));

        PngReader small = new(before), canvas = new(folder.File("hidden.png")), large = new(folder.File("after.png"));
        for (int y = 0; y < 10; y++)
        {
            Assert.Equal(canvas.Row(y + 4, 0, 10), large.Row(y + 4, 0, 10));
            Assert.Equal(small.Row(y, 10, 10), large.Row(y + 4, 15, 10));
            byte[] below = canvas.Row(y + 4, 10, 5), above = small.Row(y, 5, 5), between = large.Row(y + 4, 10, 5);
            for (int i = 0; i < between.Length; i += bits / 8) // the high byte, where there are two
                Assert.InRange(between[i] - ((below[i] + above[i]) / 2.0), -2, 2);
        }
    }

    [Fact]
    public void An_opacity_of_another_size_is_refused()
    {
        using Photo source = Photo.FromBytes(Png(PngFile.Rgb, 8, "", Samples));

        Assert.Throws<ArgumentException>(() => source.Extend(Pictures.Scene(32, 18), 5, 4, new byte[199]));
    }

    [Theory, MemberData(nameof(PngKinds))]
    public void The_canvas_meets_the_source_in_the_same_colours(byte colourType, byte bits, string profile)
    {
        // A plain source seen by the model, carried on exactly: any loss on the way back would be a seam.
        byte[] pixel = colourType is PngFile.Rgb or PngFile.Rgba ? [180, 120, 60, 255] : [120, 255];
        if (colourType is PngFile.Rgb or PngFile.Grey)
            pixel = pixel[..^1];
        byte[] plain = Enumerable.Repeat(pixel, 200).SelectMany(values => values)
            .SelectMany(value => bits == 16 ? new[] { value, value } : [value]).ToArray();
        using Photo source = Photo.FromBytes(Png(colourType, bits, profile, plain));
        (byte red, byte green, byte blue) = Pictures.At(source.ToDeviceRgb(), 0, 0);
        using Photo extended = source.Extend(Pictures.Plain(24, 14, red, green, blue), 2, 2);

        using var folder = new TemporaryFolder();
        extended.Save(folder.File("after.png"));
        PngReader after = new(folder.File("after.png"));
        byte[] fill = after.Row(0, 0, 1), known = after.Row(2, 2, 1);
        for (int i = 0; i < known.Length; i += bits / 8)
            Assert.InRange(fill[i] - known[i], -1, 1);
    }

    [Theory, InlineData(8), InlineData(16)]
    public void White_and_black_reach_the_ends_of_the_scale(byte bits)
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(Png(PngFile.Rgba, bits, "", Samples));
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

    [Theory, InlineData(".tif"), InlineData(".jpg")]
    public void Inks_stay_inks(string extension)
    {
        using var folder = new TemporaryFolder();
        byte[] inks = Enumerable.Repeat(new byte[] { 40, 60, 80, 10 }, 400).SelectMany(ink => ink).ToArray();
        using Photo tiff = Photo.FromBytes(TiffFile.Encode(20, 20, 4, 8, TiffFile.Separated, inks));
        tiff.Save(folder.File("before" + extension));
        using Photo source = Photo.Load(folder.File("before" + extension));
        (byte red, byte green, byte blue) = Pictures.At(source.ToRgb(), 10, 10);
        using Photo extended = source.Extend(Pictures.Plain(60, 60, red, green, blue), 20, 20);
        extended.Save(folder.File("after" + extension));

        using Photo again = Photo.Load(folder.File("after" + extension));
        RgbImage whole = again.ToRgb();
        (byte r, byte g, byte b) = Pictures.At(whole, 5, 5);
        Assert.InRange(Math.Abs(r - red) + Math.Abs(g - green) + Math.Abs(b - blue), 0, 9);
        Assert.InRange(Pictures.MeanDifference(source.ToRgb(), Pictures.Crop(whole, 20, 20, 20, 20)), 0, extension == ".tif" ? 0 : 2);
    }

    [Theory, InlineData(0, 0), InlineData(12, 0), InlineData(0, 8), InlineData(12, 8)]
    public void The_source_may_lie_in_any_corner(int left, int top)
    {
        using Photo source = Photo.FromBytes(Png(PngFile.Rgb, 8, "", Samples));
        RgbImage canvas = Pictures.Plain(32, 18, 1, 2, 3);
        using Photo extended = source.Extend(canvas, left, top);
        RgbImage whole = extended.ToRgb();
        Assert.Equal(source.ToRgb().Pixels, Pictures.Crop(whole, left, top, 20, 10).Pixels);
        Assert.Equal((1, 2, 3), Pictures.At(whole, left == 0 ? 31 : 0, top == 0 ? 17 : 0));
    }

    [Theory, InlineData(-1, 0), InlineData(0, -1), InlineData(13, 0), InlineData(0, 9)]
    public void The_source_must_lie_within_the_canvas(int left, int top)
    {
        using Photo source = Photo.FromBytes(Png(PngFile.Rgb, 8, "", Samples));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Extend(Pictures.Plain(32, 18, 1, 2, 3), left, top));
    }

    [Fact]
    public void Colours_beyond_srgb_are_continued_as_they_are()
    {
        using var folder = new TemporaryFolder();
        byte[] red = Enumerable.Repeat(new byte[] { 255, 0, 0 }, 200).SelectMany(pixel => pixel).ToArray();
        using Photo source = Photo.FromBytes(Png(PngFile.Rgb, 8, "wide", red));
        Assert.Equal((255, 0, 0), Pictures.At(source.ToDeviceRgb(), 3, 3));
        using Photo extended = source.Extend(Pictures.Plain(22, 12, 255, 0, 0), 1, 1);
        extended.Save(folder.File("after.png"));
        Assert.Equal([255, 0, 0], new PngReader(folder.File("after.png")).Row(0, 0, 1));
    }

    [Fact]
    public void An_even_gradient_in_16_bits_has_no_steps_of_8_bits()
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(Png(PngFile.Grey, 16, "", Samples));
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

    [Theory, InlineData(0), InlineData(128), InlineData(255)]
    public void Transparency_goes_on_as_it_is_at_the_border(byte alpha)
    {
        using var folder = new TemporaryFolder();
        byte[] pixels = Enumerable.Repeat(new byte[] { 10, 20, 30, alpha }, 200).SelectMany(pixel => pixel).ToArray();
        using Photo source = Photo.FromBytes(Png(PngFile.Rgba, 8, "", pixels));
        using Photo extended = source.Extend(Pictures.Plain(30, 20, 200, 210, 220), 5, 5);
        extended.Save(folder.File("after.png"));
        PngReader after = new(folder.File("after.png"));
        // Its colour is the canvas's, not black, even where nobody sees it.
        foreach ((int x, int y) in new[] { (0, 0), (29, 19), (15, 0), (0, 10) })
            Assert.Equal([200, 210, 220, alpha], after.Row(y, x, 1));
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
        using Photo source = Photo.FromBytes(Png(PngFile.Rgba, 8, "", pixels));
        using Photo extended = source.Extend(Pictures.Plain(20, 16, 1, 2, 3), 0, 3);
        extended.Save(folder.File("after.png"));
        byte[] below = new PngReader(folder.File("after.png")).Row(15, 0, 20), above = new PngReader(folder.File("after.png")).Row(0, 0, 20);
        Assert.Equal([.. new byte[8], 255, 255, 255, 255, .. new byte[8]], below.Chunk(4).Select(pixel => pixel[3]));
        Assert.All(above.Chunk(4), pixel => Assert.Equal(0, pixel[3]));
    }

    [Fact]
    public void A_gif_is_read_and_continued_in_full_colour()
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(GifFile.Encode(20, 10, i => (byte)(i % 100)));
        Assert.Equal((7 * 2, 7, 255 - 7), Pictures.At(source.ToRgb(), 7, 0));
        Assert.Equal("a.png", Path.ChangeExtension("a.gif", PictureFormat.ResultExtension("a.gif")));
        RgbImage canvas = Pictures.Scene(40, 20);
        using Photo extended = source.Extend(canvas, 20, 10);
        extended.Save(folder.File("after.png"));
        using Photo again = Photo.Load(folder.File("after.png"));
        Assert.Equal(Pictures.Crop(canvas, 0, 0, 40, 10).Pixels, Pictures.Crop(again.ToRgb(), 0, 0, 40, 10).Pixels);
    }

    [Fact]
    public void Values_of_an_unknown_meaning_are_a_clear_error()
    {
        byte[] grey = new byte[100 * 4];
        using Photo source = Photo.FromBytes(TiffFile.Encode(10, 10, 1, 32, TiffFile.MinIsBlack, grey));
        var error = Assert.Throws<PictureException>(() => source.Extend(Pictures.Plain(20, 20, 1, 2, 3), 5, 5));
        Assert.Contains("convert it", error.Message);
    }

    private static byte[] Png(byte colourType, byte bits, string profile, byte[] samples)
    {
        int bands = colourType switch { PngFile.Rgb => 3, PngFile.GreyAlpha => 2, PngFile.Rgba => 4, _ => 1 };
        byte[] rows = [.. samples, .. samples];
        return PngFile.Encode(20, 10, colourType, bits, rows[..(200 * bands * bits / 8)], profile switch
        {
            "wide" => [PngFile.Profile(IccProfile.WideRgb())],
            "grey" => [PngFile.Profile(IccProfile.Grey(1.8))],
            _ => [],
        });
    }
}
