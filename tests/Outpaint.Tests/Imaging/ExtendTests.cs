using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public class ExtendTests
{
    [Theory, MemberData(nameof(PngSource.Kinds), MemberType = typeof(PngSource))]
    public void The_source_is_kept_bit_by_bit_in_its_own_format(byte colourType, byte bits, string profile)
    {
        using var folder = new TemporaryFolder();
        string before = folder.Write("before.png", PngSource.Encode(colourType, bits, profile));
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

    [Theory, MemberData(nameof(PngSource.Kinds), MemberType = typeof(PngSource))]
    public void The_source_shows_as_far_as_it_is_opaque(byte colourType, byte bits, string profile)
    {
        using var folder = new TemporaryFolder();
        string before = folder.Write("before.png", PngSource.Encode(colourType, bits, profile));
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
    public void Pixels_in_memory_are_extended_as_a_file_of_them_is()
    {
        RgbImage scene = Pictures.Scene(52, 40), canvas = Pictures.Scene(64, 48);
        using Photo plain = Photo.FromRgb(scene), file = Photo.FromBytes(Pictures.Encode(scene, ".png"));
        using Photo extended = plain.Extend(canvas, 12, 8), expected = file.Extend(canvas, 12, 8);

        Assert.Equal(scene.Pixels, plain.ToDeviceRgb().Pixels);
        Assert.Equal(expected.ToBytes(".tif"), extended.ToBytes(".tif"));
    }

    [Fact]
    public void An_opacity_of_another_size_is_refused()
    {
        using Photo source = Photo.FromBytes(PngSource.Encode(PngFile.Rgb, 8, ""));

        Assert.Throws<ArgumentException>(() => source.Extend(Pictures.Scene(32, 18), 5, 4, new byte[199]));
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

        Assert.True(File.ReadAllBytes(folder.File("after" + extension)).AsSpan().IndexOf("acsp"u8) < 0, "has a profile that the source had not");
        using Photo again = Photo.Load(folder.File("after" + extension));
        RgbImage whole = again.ToRgb();
        (byte r, byte g, byte b) = Pictures.At(whole, 5, 5);
        Assert.InRange(Math.Abs(r - red) + Math.Abs(g - green) + Math.Abs(b - blue), 0, 9);
        Assert.InRange(Pictures.MeanDifference(source.ToRgb(), Pictures.Crop(whole, 20, 20, 20, 20)), 0, extension == ".tif" ? 0 : 2);
    }

    [Theory, InlineData(0, 0), InlineData(12, 0), InlineData(0, 8), InlineData(12, 8)]
    public void The_source_may_lie_in_any_corner(int left, int top)
    {
        using Photo source = Photo.FromBytes(PngSource.Encode(PngFile.Rgb, 8, ""));
        RgbImage canvas = Pictures.Plain(32, 18, 1, 2, 3);
        using Photo extended = source.Extend(canvas, left, top);
        RgbImage whole = extended.ToRgb();
        Assert.Equal(source.ToRgb().Pixels, Pictures.Crop(whole, left, top, 20, 10).Pixels);
        Assert.Equal((1, 2, 3), Pictures.At(whole, left == 0 ? 31 : 0, top == 0 ? 17 : 0));
    }

    [Theory, InlineData(-1, 0), InlineData(0, -1), InlineData(13, 0), InlineData(0, 9)]
    public void The_source_must_lie_within_the_canvas(int left, int top)
    {
        using Photo source = Photo.FromBytes(PngSource.Encode(PngFile.Rgb, 8, ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Extend(Pictures.Plain(32, 18, 1, 2, 3), left, top));
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
}
