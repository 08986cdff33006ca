using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

/// <summary>Samples that libvips would not hand over as a TIFF holds them: Lab, and colours multiplied by the opacity.</summary>
public class TiffStoredTests
{
    private const byte Unspecified = 0, Associated = 1, Opacity = 2;
    private const ushort Photometric = 262;

    [Theory]
    [InlineData(8, TiffFile.CieLab)]
    [InlineData(16, TiffFile.CieLab)]
    [InlineData(8, TiffFile.CieLab, Opacity)]
    [InlineData(16, TiffFile.CieLab, Opacity)]
    [InlineData(16, TiffFile.CieLab, Associated)]
    [InlineData(8, TiffFile.CieLab, Unspecified)]
    [InlineData(8, TiffFile.Rgb, Associated)]
    [InlineData(16, TiffFile.Rgb, Associated)]
    public void Every_bit_stays_as_it_is(int bits, ushort photometric, params byte[] extra)
    {
        int bands = 3 + extra.Length, size = bands * bits / 8;
        byte[] samples = [.. Enumerable.Range(0, 8 * 7 * size).Select(i => (byte)(37 * i))];
        byte[] file = TiffFile.Encode(8, 7, bands, bits, photometric, samples, 1, Extras(extra));
        using Photo photo = Photo.FromBytes(file);
        using Photo extended = photo.Extend(Pictures.Scene(10, 9), 1, 1);
        byte[] tiff = extended.ToBytes(".tif");
        Assert.Equal([photometric], TiffFields.Numbers(tiff, Photometric));
        Assert.Equal(extra.Select(kind => (long)kind), TiffFields.Numbers(tiff, TiffFile.ExtraSamples));

        PngReader before = Samples(file, extra.Length > 0), after = Samples(tiff, extra.Length > 0);
        for (int y = 0; y < 7; y++)
            Assert.Equal(before.Row(y, 0, 8), after.Row(y + 1, 1, 8));
    }

    [Theory]
    [InlineData(TiffFile.CieLab, new byte[] { 150, 20, 230 })]
    [InlineData(TiffFile.CieLab, new byte[] { 150, 20, 230, 200 }, Opacity)]
    [InlineData(TiffFile.Rgb, new byte[] { 120, 60, 30, 128 }, Associated)]
    public void The_canvas_meets_them_in_the_same_colours(ushort photometric, byte[] pixel, params byte[] extra)
    {
        byte[] samples = [.. Enumerable.Repeat(pixel, 8 * 7).SelectMany(sample => sample)];
        using Photo photo = Photo.FromBytes(TiffFile.Encode(8, 7, pixel.Length, 8, photometric, samples, 1, Extras(extra)));
        (byte red, byte green, byte blue) = Pictures.At(photo.ToDeviceRgb(), 0, 0);
        using Photo extended = photo.Extend(Pictures.Plain(10, 9, red, green, blue), 1, 1);
        byte[] fill = Samples(extended.ToBytes(".tif"), extra.Length > 0).Row(0, 0, 1);
        for (int i = 0; i < pixel.Length; i++)
            Assert.InRange(fill[i] - pixel[i], -1, 1);
    }

    [Fact]
    public void Lab_is_blended_by_its_colours_not_by_its_bytes()
    {
        // One step below grey is 255, and one above it 1.
        byte[] samples = [.. Enumerable.Repeat(new byte[] { 150, 255, 1 }, 8 * 7).SelectMany(sample => sample)];
        using Photo photo = Photo.FromBytes(TiffFile.Encode(8, 7, 3, 8, TiffFile.CieLab, samples));
        RgbImage seen = photo.ToRgb();
        (byte red, byte green, byte blue) = Pictures.At(seen, 0, 0);
        byte[] half = [.. Enumerable.Repeat((byte)128, 8 * 7)];
        using Photo extended = photo.Extend(Pictures.Plain(8, 8, (byte)(red + 4), green, (byte)(blue + 4)), 0, 0, half);
        Assert.InRange(Pictures.MeanDifference(seen, Pictures.Crop(extended.ToRgb(), 0, 0, 8, 7)), 0, 3);
    }

    [Fact]
    public void The_profile_of_another_picture_says_nothing_of_lab()
    {
        byte[] samples = [.. Enumerable.Repeat(new byte[] { 150, 20, 230 }, 8 * 7).SelectMany(sample => sample)];
        using Photo plain = Photo.FromBytes(TiffFile.Encode(8, 7, 3, 8, TiffFile.CieLab, samples));
        using Photo profiled = Photo.FromBytes(TiffFile.Encode(8, 7, 3, 8, TiffFile.CieLab, samples, 1, (TiffFile.Profile, IccProfile.WideRgb())));
        Assert.Equal(plain.ToRgb().Pixels, profiled.ToRgb().Pixels);
        using Photo png = Photo.FromBytes(profiled.ToBytes(".png"));
        Assert.InRange(Pictures.MeanDifference(plain.ToRgb(), png.ToRgb()), 0, 1); // of 16 bits
    }

    [Fact]
    public void Lab_in_floats_can_be_read_again()
    {
        byte[] pixel = [.. new[] { 60f, 20f, -30f }.SelectMany(BitConverter.GetBytes)];
        byte[] samples = [.. Enumerable.Repeat(pixel, 8 * 7).SelectMany(sample => sample)];
        using Photo photo = Photo.FromBytes(TiffFile.Encode(8, 7, 3, 32, TiffFile.CieLab, samples, 1, (TiffFile.SampleFormat, [3, 0, 3, 0, 3, 0])));
        using Photo again = Photo.FromBytes(photo.ToBytes(".tif"));
        Assert.Equal(photo.ToRgb().Pixels, again.ToRgb().Pixels);
    }

    [Fact]
    public void Opacity_that_is_not_there_multiplies_nothing()
    {
        RgbImage scene = Pictures.Scene(8, 7);
        using Photo photo = Photo.FromBytes(TiffFile.Encode(8, 7, 3, 8, TiffFile.Rgb, scene.Pixels, 1, Extra(Associated)));
        Assert.Equal(scene.Pixels, photo.ToRgb().Pixels);
    }

    [Fact]
    public void Floats_multiplied_by_the_opacity_show_their_colours()
    {
        byte[] pixel = [.. new[] { 0.25f, 0.1f, 0.05f, 0.5f }.SelectMany(BitConverter.GetBytes)];
        byte[] samples = [.. Enumerable.Repeat(pixel, 8 * 7).SelectMany(sample => sample)];
        using Photo photo = Photo.FromBytes(TiffFile.Encode(8, 7, 4, 32, TiffFile.Rgb, samples, 1, Extra(Associated), (TiffFile.SampleFormat, [3, 0, 3, 0, 3, 0, 3, 0])));
        using Photo plain = Photo.FromBytes(TiffFile.EncodeFloats(8, 7, [0.5f, 0.2f, 0.1f, 0.5f], null));
        Assert.Equal(plain.ToRgb().Pixels, photo.ToRgb().Pixels);
    }

    // The samples in a PNG, as if they were RGB.
    private static PngReader Samples(byte[] tiff, bool further)
    {
        byte[] plain = TiffFile.WithField(tiff, Photometric, Photometric, 3, 1, TiffFile.Rgb);
        if (further)
            plain = TiffFile.WithField(plain, TiffFile.ExtraSamples, TiffFile.ExtraSamples, 3, 1, Opacity);
        using var folder = new TemporaryFolder();
        using Photo photo = Photo.FromBytes(plain);
        photo.Save(folder.File("samples.png"));
        return new PngReader(folder.File("samples.png"));
    }

    private static (ushort, byte[])[] Extras(byte[] kinds) => kinds.Length == 0 ? [] : [Extra(kinds)];

    private static (ushort, byte[]) Extra(params byte[] kinds) => (TiffFile.ExtraSamples, [.. kinds.SelectMany(kind => new byte[] { kind, 0 })]);
}
