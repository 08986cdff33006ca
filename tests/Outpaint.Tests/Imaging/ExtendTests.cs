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
        (byte red, byte green, byte blue) = Pictures.At(source.ToRgb(), 0, 0);
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
            Assert.All(pixel[(3 * bits / 8)..], alpha => Assert.Equal(255, alpha));
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
