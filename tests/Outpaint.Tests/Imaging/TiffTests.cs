using System.Text;
using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public class TiffTests
{
    private const ushort BitsPerSample = 258, TileWidth = 322;
    private const byte Unspecified = 0, Opacity = 2;

    [Fact]
    public void A_channel_of_unspecified_meaning_hides_nothing_and_is_carried_on()
    {
        using Photo photo = Photo.FromBytes(Encode([100, 110, 120, 0], Unspecified));
        Assert.Equal((100, 110, 120), Pictures.At(photo.ToDeviceRgb(), 0, 0));

        using Photo extended = photo.Extend(Pictures.Plain(10, 9, 60, 70, 80), 1, 1);
        byte[] tiff = extended.ToBytes(".tif");
        Assert.Equal([Unspecified], TiffFields.Numbers(tiff, TiffFile.ExtraSamples));
        using Photo again = Photo.FromBytes(tiff);
        Assert.Equal((60, 70, 80), Pictures.At(again.ToRgb(), 0, 0));
        Assert.Equal((100, 110, 120), Pictures.At(again.ToRgb(), 1, 1));
    }

    [Fact]
    public void A_selection_is_carried_on_beside_the_opacity()
    {
        using Photo photo = Photo.FromBytes(Encode([100, 110, 120, 0, 255], Opacity, Unspecified));
        Assert.Equal((255, 255, 255), Pictures.At(photo.ToRgb(), 0, 0));
        using Photo extended = photo.Extend(Pictures.Plain(10, 9, 60, 70, 80), 1, 1);
        Assert.Equal([Opacity, Unspecified], TiffFields.Numbers(extended.ToBytes(".tif"), TiffFile.ExtraSamples));
        using Photo again = Photo.FromBytes(extended.ToBytes(".tif"));
        Assert.Equal((255, 255, 255), Pictures.At(again.ToRgb(), 0, 0));
    }

    [Theory, InlineData(".png"), InlineData(".jpg"), InlineData(".webp"), InlineData(".avif")]
    public void A_selection_is_left_out_in_other_formats(string extension)
    {
        using Photo photo = Photo.FromBytes(Encode([100, 110, 120, 0], Unspecified));
        using Photo again = Photo.FromBytes(photo.ToBytes(extension, new SaveOptions { Quality = 100 }));
        Assert.InRange(Pictures.MeanDifference(photo.ToRgb(), again.ToRgb()), 0, 2);
    }

    [Fact]
    public void A_selection_changes_nothing_when_the_picture_is_shrunk()
    {
        using Photo photo = Photo.FromBytes(Encode([100, 110, 120, 0], Unspecified), maxShortSide: 3);
        Assert.Equal((100, 110, 120), Pictures.At(photo.ToRgb(), 1, 1));
    }

    [Fact]
    public void Lab_of_8_bits_stays_the_same()
    {
        byte[] pixels = [.. Enumerable.Range(0, 8 * 7 * 3).Select(i => (byte)(i % 3 == 0 ? 40 + i : 3 * i))]; // the last two are signed
        using Photo photo = Photo.FromBytes(TiffFile.Encode(8, 7, 3, 8, TiffFile.CieLab, pixels));
        RgbImage canvas = Pictures.Plain(10, 9, 60, 70, 80);
        using Photo extended = photo.Extend(canvas, 1, 1);
        byte[] tiff = extended.ToBytes(".tif");
        Assert.Equal([8, 8, 8], TiffFields.Numbers(tiff, BitsPerSample));
        using Photo again = Photo.FromBytes(tiff);
        Assert.Equal(photo.ToRgb().Pixels, Pictures.Crop(again.ToRgb(), 1, 1, 8, 7).Pixels);
        Assert.InRange(Pictures.MeanDifference(Pictures.Crop(canvas, 0, 0, 10, 1), Pictures.Crop(again.ToRgb(), 0, 0, 10, 1)), 0, 1);
    }

    [Fact]
    public void Lab_of_16_bits_stays_the_same()
    {
        byte[] pixels = [.. Enumerable.Range(0, 8 * 7 * 6).Select(i => (byte)(i % 6 == 0 ? 2 * i : 3 * i))];
        using Photo photo = Photo.FromBytes(TiffFile.Encode(8, 7, 3, 16, TiffFile.CieLab, pixels));
        byte[] tiff = photo.ToBytes(".tif");
        Assert.Empty(TiffFields.Numbers(tiff, TiffFile.SampleFormat)); // which would call all samples signed, or none
        using Photo again = Photo.FromBytes(tiff);
        Assert.Equal(photo.ToRgb().Pixels, again.ToRgb().Pixels);
    }

    [Theory]
    [InlineData(2, 16, TiffFile.MinIsBlack, TiffFile.ExtraSamples)]
    [InlineData(3, 8, TiffFile.Rgb, TileWidth)]
    public void Planes_that_libvips_does_not_read_are_refused(int bands, int bits, ushort photometric, ushort further)
    {
        byte[] file = TiffFile.Encode(8, 7, bands, bits, photometric, new byte[8 * 7 * bands * bits / 8], 1, (further, [2, 0]));
        var error = Assert.Throws<PictureException>(() => Photo.FromBytes(TiffFile.WithField(file, 284, 284, 3, 1, 2), "a.tif"));
        Assert.StartsWith("a.tif: its channels are in separate planes", error.Message);
    }

    [Fact]
    public void A_selection_is_carried_on_beside_lab_of_16_bits()
    {
        byte[] file = TiffFile.Encode(8, 7, 4, 16, TiffFile.CieLab, new byte[8 * 7 * 8], 1, Extra(Unspecified));
        using Photo photo = Photo.FromBytes(file);
        Assert.Equal([Unspecified], TiffFields.Numbers(photo.ToBytes(".tif"), TiffFile.ExtraSamples));
    }

    [Fact]
    public void A_file_with_places_of_64_bits_keeps_its_metadata()
    {
        using Photo photo = Photo.FromBytes(BigTiffFile.Encode(8, 7, new byte[56], "Ace Cameras\0"u8.ToArray(), "A lens of glass\0"u8.ToArray()));
        string bytes = Encoding.Latin1.GetString(photo.ToBytes(".jpg"));
        Assert.Contains("Ace Cameras\0", bytes);
        Assert.Contains("A lens of glass\0", bytes);
    }

    [Fact]
    public void The_picture_is_the_first_page_that_is_no_thumbnail()
    {
        RgbImage scene = Pictures.Scene(8, 7);
        byte[] file = TiffFile.WithThumbnailFirst(TiffFile.Encode(8, 7, 3, 8, TiffFile.Rgb, scene.Pixels, 1, (TiffFile.Profile, IccProfile.WideRgb())));
        using Photo photo = Photo.FromBytes(file);
        Assert.Equal(scene.Pixels, photo.ToDeviceRgb().Pixels);
    }

    [Theory, InlineData(254, 4), InlineData(255, 2)]
    public void A_mask_or_a_thumbnail_of_the_old_kind_is_passed_over(ushort field, int value)
    {
        RgbImage scene = Pictures.Scene(8, 7);
        byte[] file = TiffFile.WithThumbnailFirst(TiffFile.Encode(8, 7, 3, 8, TiffFile.Rgb, scene.Pixels));
        using Photo photo = Photo.FromBytes(TiffFile.WithField(file, 254, field, 3, 1, value));
        Assert.Equal(scene.Pixels, photo.ToDeviceRgb().Pixels);
    }

    [Fact]
    public void What_a_channel_is_may_be_said_in_bytes()
    {
        byte[] file = TiffFile.WithField(Encode([100, 110, 120, 9, 0], Unspecified, Opacity), TiffFile.ExtraSamples, TiffFile.ExtraSamples, 1, 2, Opacity << 8);
        using Photo photo = Photo.FromBytes(file);
        Assert.Equal([Unspecified, Opacity], TiffFields.Numbers(photo.ToBytes(".tif"), TiffFile.ExtraSamples));
        Assert.Equal((100, 110, 120), Pictures.At(photo.ToRgb(), 0, 0));
    }

    [Fact]
    public void A_thumbnail_does_not_stand_in_for_a_picture_that_is_cut_off()
    {
        byte[] file = TiffFile.WithThumbnailFirst(TiffFile.Encode(8, 7, 3, 8, TiffFile.Rgb, Pictures.Scene(8, 7).Pixels));
        byte[] cut = [.. file[..^4], .. BitConverter.GetBytes(file.Length + 100)]; // where the next page should be
        var error = Assert.Throws<PictureException>(() => Photo.FromBytes(cut, "a.tif"));
        Assert.StartsWith("a.tif: damaged or cut off (a page lies beyond the end)", error.Message);
    }

    [Theory]
    [InlineData(64, 3, "64-bit floats")]
    [InlineData(16, 3, "16-bit floats")]
    [InlineData(64, 1, "64-bit integers")]
    [InlineData(64, 6, "complex numbers")]
    public void Samples_that_cannot_be_read_are_not_called_damage(int bits, byte format, string kind)
    {
        byte[] file = TiffFile.Encode(8, 7, 1, bits, TiffFile.MinIsBlack, new byte[8 * 7 * bits / 8], 1, (TiffFile.SampleFormat, [format, 0]));
        var error = Assert.Throws<PictureException>(() => Photo.FromBytes(file, "a.tif"));
        Assert.Equal($"a.tif: its samples are {kind}, which cannot be read; convert it to 8 or 16 bits, or 32-bit floats, first.", error.Message);
    }

    [Theory]
    [InlineData(32, 1, "32-bit integers")]
    [InlineData(16, 2, "signed 16-bit integers")]
    [InlineData(32, 3, "floats that are no RGB")]
    public void Samples_that_cannot_be_extended_are_named(int bits, byte format, string kind)
    {
        byte[] file = TiffFile.Encode(8, 7, 1, bits, TiffFile.MinIsBlack, new byte[8 * 7 * bits / 8], 1, (TiffFile.SampleFormat, [format, 0]));
        using Photo photo = Photo.FromBytes(file);
        Assert.Contains($"({kind})", Assert.Throws<PictureException>(() => photo.Extend(new RgbImage(10, 9), 1, 1)).Message);
    }

    private static byte[] Encode(byte[] pixel, params byte[] extra)
    {
        byte[] pixels = [.. Enumerable.Repeat(pixel, 8 * 7).SelectMany(values => values)];
        return TiffFile.Encode(8, 7, pixel.Length, 8, TiffFile.Rgb, pixels, 1, Extra(extra));
    }

    private static (ushort, byte[]) Extra(params byte[] kinds) => (TiffFile.ExtraSamples, [.. kinds.SelectMany(kind => new byte[] { kind, 0 })]);
}
