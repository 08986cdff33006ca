using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public class ColourTests
{
    [Fact]
    public void Grey_becomes_equal_red_green_and_blue()
    {
        using Photo photo = Photo.FromBytes(PngFile.Encode(3, 1, PngFile.Grey, 8, [0, 100, 255]));
        Assert.Equal([0, 0, 0, 100, 100, 100, 255, 255, 255], photo.ToRgb().Pixels);
    }

    [Fact]
    public void Black_and_white_becomes_0_and_255()
    {
        using Photo photo = Photo.FromBytes(PngFile.Encode(4, 1, PngFile.Grey, 1, [0b1010_0000]));
        Assert.Equal([255, 255, 255, 0, 0, 0, 255, 255, 255, 0, 0, 0], photo.ToRgb().Pixels);
    }

    [Fact]
    public void Palette_becomes_colours()
    {
        byte[] png = PngFile.Encode(2, 1, PngFile.Palette, 8, [1, 0], ("PLTE", [1, 2, 3, 200, 100, 50]));
        using Photo photo = Photo.FromBytes(png);
        Assert.Equal([200, 100, 50, 1, 2, 3], photo.ToRgb().Pixels);
    }

    [Fact]
    public void Sixteen_bits_keep_their_high_byte()
    {
        using Photo photo = Photo.FromBytes(PngFile.Encode(2, 1, PngFile.Rgb, 16, [0xFF, 0xFF, 0x80, 0x00, 0, 0, 0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC]));
        Assert.Equal([255, 128, 0, 0x12, 0x56, 0x9A], photo.ToRgb().Pixels);
    }

    [Fact]
    public void Sixteen_bit_grey_keeps_its_high_byte()
    {
        using Photo photo = Photo.FromBytes(PngFile.Encode(2, 1, PngFile.Grey, 16, [0xFF, 0xFF, 0x40, 0x00]));
        Assert.Equal([255, 255, 255, 64, 64, 64], photo.ToRgb().Pixels);
    }

    [Theory, InlineData(8), InlineData(16)]
    public void Transparency_shows_white(byte bits)
    {
        byte[] rgba = [200, 100, 50, 255, 200, 100, 50, 0, 0, 0, 0, 128];
        byte[] rows = bits == 8 ? rgba : rgba.SelectMany(value => new[] { value, value }).ToArray();
        using Photo photo = Photo.FromBytes(PngFile.Encode(3, 1, PngFile.Rgba, bits, rows));
        RgbImage rgb = photo.ToRgb();
        Assert.Equal([200, 100, 50, 255, 255, 255], rgb.Pixels[..6]);
        Assert.InRange(rgb.Pixels[6], 126, 128);
    }

    [Fact]
    public void Transparent_grey_shows_white()
    {
        using Photo photo = Photo.FromBytes(PngFile.Encode(2, 1, PngFile.GreyAlpha, 8, [90, 255, 90, 0]));
        Assert.Equal([90, 90, 90, 255, 255, 255], photo.ToRgb().Pixels);
    }

    [Fact]
    public void Inks_become_light()
    {
        // Paper, black ink, cyan ink, yellow ink.
        byte[] cmyk = [0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0, 255, 0];
        using Photo photo = Photo.FromBytes(TiffFile.Encode(4, 1, 4, 8, TiffFile.Separated, cmyk));
        RgbImage rgb = photo.ToRgb();
        Assert.All(rgb.Pixels[..3], value => Assert.InRange(value, 250, 255));
        Assert.All(rgb.Pixels[3..6], value => Assert.InRange(value, 0, 60));
        Assert.True(rgb.Pixels[6] < 100 && rgb.Pixels[8] > 180, "cyan");
        Assert.True(rgb.Pixels[9] > 200 && rgb.Pixels[11] < 100, "yellow");
    }

    [Theory, InlineData(".tif"), InlineData(".jpg")]
    public void Inks_without_a_profile_look_the_same_in_a_picture_that_is_shrunk(string extension)
    {
        byte[] inks = [.. Enumerable.Repeat(new byte[] { 40, 60, 80, 10 }, 64 * 64).SelectMany(ink => ink)];
        using Photo tiff = Photo.FromBytes(TiffFile.Encode(64, 64, 4, 8, TiffFile.Separated, inks));
        byte[] file = tiff.ToBytes(extension);
        using Photo whole = Photo.FromBytes(file), shrunk = Photo.FromBytes(file, maxShortSide: 8);

        Assert.InRange(Pictures.MeanDifference(whole.ToRgb().Resize(8, 8), shrunk.ToRgb()), 0, 1);
    }

    [Fact]
    public void A_wide_profile_is_converted_to_srgb()
    {
        byte[] rows = [200, 100, 100, 128, 128, 128];
        using Photo photo = Photo.FromBytes(PngFile.Encode(2, 1, PngFile.Rgb, 8, rows, PngFile.Profile(IccProfile.WideRgb())));
        RgbImage rgb = photo.ToRgb();
        // The same red needs more saturation in the smaller space; grey stays grey.
        Assert.InRange(rgb.Pixels[0], 208, 222);
        Assert.InRange(rgb.Pixels[1], 85, 97);
        Assert.InRange(rgb.Pixels[3], 126, 130);
        Assert.InRange(rgb.Pixels[4], 126, 130);
        Assert.InRange(rgb.Pixels[5], 126, 130);
    }

    [Fact]
    public void A_grey_profile_is_converted_to_srgb()
    {
        using Photo photo = Photo.FromBytes(PngFile.Encode(1, 1, PngFile.Grey, 8, [128], PngFile.Profile(IccProfile.Grey(1.0))));
        // Half of the light is 188 in sRGB.
        Assert.All(photo.ToRgb().Pixels, value => Assert.InRange(value, 185, 190));
    }

    [Theory, InlineData(false, 1f), InlineData(false, .5f), InlineData(true, 1f), InlineData(true, .5f)]
    public void Floats_go_through_their_profile_or_their_definition(bool profiled, float alpha)
    {
        byte[]? profile = profiled ? IccProfile.WideRgb() : null;
        using Photo opaque = Photo.FromBytes(TiffFile.EncodeFloats(1, 1, [0.5f, 0.5f, 0.5f], profile));
        using Photo photo = Photo.FromBytes(TiffFile.EncodeFloats(1, 1, [0.5f, 0.5f, 0.5f, alpha], profile));
        // Half of the light is 188 in sRGB; half of the scale, with a gamma of 2.2, about the same half.
        int grey = profiled ? 128 : 188, shown = (int)((grey * alpha) + (255 * (1 - alpha)));
        Assert.All(opaque.ToRgb().Pixels, value => Assert.InRange(value, grey - 2, grey + 2));
        Assert.All(photo.ToRgb().Pixels, value => Assert.InRange(value, shown - 2, shown + 2));
    }

    [Fact]
    public void A_broken_profile_is_ignored()
    {
        using Photo photo = Photo.FromBytes(PngFile.Encode(1, 1, PngFile.Rgb, 8, [10, 20, 30], PngFile.Profile(new byte[200])));
        Assert.Equal([10, 20, 30], photo.ToRgb().Pixels);
    }

    [Theory, InlineData(null), InlineData(8)]
    public void An_avif_in_display_p3_by_number_gets_the_profile_shrunk_or_not(int? maxShortSide)
    {
        const byte displayP3 = 12;
        using var folder = new TemporaryFolder();
        using Photo photo = Photo.FromBytes(AvifFile.WithCodePoints(primaries: displayP3), maxShortSide: maxShortSide);
        photo.Save(folder.File("photo.png"));
        Assert.Equal(maxShortSide ?? 16, photo.Width);
        Assert.True(File.ReadAllBytes(folder.File("photo.png")).AsSpan().IndexOf("iCCP"u8) > 0);
    }
}
