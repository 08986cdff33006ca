using System.Text;
using Outpaint.Imaging;
using Outpaint.Imaging.Metadata;

namespace Outpaint.Tests.Imaging;

public class SaveTests
{
    [Theory, InlineData(".png"), InlineData(".tif"), InlineData(".TIFF")]
    public void Lossless_formats_return_the_same_pixels(string extension)
    {
        RgbImage scene = Pictures.Scene(50, 40);
        using Photo photo = Photo.FromBytes(Pictures.Encode(scene, extension));
        Assert.Equal(scene.Pixels, photo.ToRgb().Pixels);
    }

    [Theory, InlineData(".jpg", 2.5), InlineData(".JPEG", 2.5), InlineData(".webp", 3.5), InlineData(".avif", 3.5), InlineData(".heic", 3.5)]
    public void Lossy_formats_return_nearly_the_same_pixels(string extension, double tolerance)
    {
        RgbImage scene = Pictures.Scene(50, 40);
        using Photo photo = Photo.FromBytes(Pictures.Encode(scene, extension));
        Assert.InRange(Pictures.MeanDifference(scene, photo.ToRgb()), 0.01, tolerance);
    }

    [Fact]
    public void A_file_that_exists_is_left_alone_if_it_is_not_to_be_replaced()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("photo.png", [1, 2, 3]);
        using Photo photo = Photo.FromBytes(Pictures.Encode(Pictures.Scene(50, 40), ".png"));

        var refusal = Assert.Throws<PictureException>(() => photo.Save(path, new SaveOptions { Overwrite = false }));

        Assert.Equal($"{path}: exists already and is left alone; delete it, or write elsewhere.", refusal.Message);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        photo.Save(path);
        Assert.NotEqual([1, 2, 3], File.ReadAllBytes(path));
    }

    [Theory, InlineData(".jpg"), InlineData(".webp"), InlineData(".avif"), InlineData(".heic")]
    public void Lower_quality_is_smaller(string extension)
    {
        RgbImage scene = Pictures.Scene(80, 80);
        Assert.True(Pictures.Encode(scene, extension, 30).Length < 0.7 * Pictures.Encode(scene, extension, 95).Length);
    }

    [Theory, InlineData(".jpg"), InlineData(".png"), InlineData(".webp"), InlineData(".tif"), InlineData(".avif"), InlineData(".heic")]
    public void Bytes_in_memory_are_those_of_a_file(string extension)
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(Pictures.Encode(Pictures.Scene(80, 80), ".jpg"));
        using Photo extended = source.Extend(Pictures.Scene(96, 96), 8, 8);
        extended.Save(folder.File("file" + extension), new SaveOptions { Quality = 70 });
        Assert.Equal(File.ReadAllBytes(folder.File("file" + extension)), extended.ToBytes(extension, new SaveOptions { Quality = 70 }));
    }

    [Fact]
    public void Bytes_in_memory_need_no_temporary_folder()
    {
        const string Variable = "TMPDIR";
        string? before = Environment.GetEnvironmentVariable(Variable);
        using Photo photo = Photo.FromBytes(Pictures.Encode(Pictures.Scene(8, 8), ".png"));
        try
        {
            Environment.SetEnvironmentVariable(Variable, "/nowhere");
            Assert.NotEmpty(photo.ToBytes(".jpg"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    [Theory, InlineData("jpg"), InlineData(".gif"), InlineData("")]
    public void Bytes_in_memory_need_the_extension_of_a_format_that_can_be_written(string extension)
    {
        using Photo photo = Photo.FromBytes(Pictures.Encode(Pictures.Scene(8, 8), ".png"));
        var refusal = Assert.Throws<PictureException>(() => photo.ToBytes(extension));
        Assert.Contains("use one of .jpg", refusal.Message);
    }

    [Theory, InlineData(".jpg"), InlineData(".JPEG"), InlineData(".webp")]
    public void The_longest_side_of_a_format_is_the_longest_that_can_be_written(string extension)
    {
        int longest = PictureFormat.LongestSide("photo" + extension, 1);
        Assert.NotEmpty(Pictures.Encode(new RgbImage(longest, 1), extension));
        Assert.NotEmpty(Pictures.Encode(new RgbImage(1, longest), extension));
        Assert.Throws<PictureException>(() => Pictures.Encode(new RgbImage(longest + 1, 1), extension));
    }

    [Theory, InlineData(1), InlineData(31), InlineData(32), InlineData(65)]
    public void The_longest_side_of_a_heic_can_be_written_and_read_again(int shortSide)
    {
        int longest = PictureFormat.LongestSide("photo.heic", shortSide);
        using Photo wide = Photo.FromBytes(Pictures.Encode(new RgbImage(longest, shortSide), ".heic"));
        using Photo tall = Photo.FromBytes(Pictures.Encode(new RgbImage(shortSide, longest), ".heic"));
        Assert.Equal((longest, shortSide, shortSide, longest), (wide.Width, wide.Height, tall.Width, tall.Height));
    }

    [Fact]
    public void The_longest_side_of_an_avif_is_the_longest_that_can_be_read_again()
    {
        int longest = PictureFormat.LongestSide("photo.avif", 1);
        using Photo wide = Photo.FromBytes(Pictures.Encode(new RgbImage(longest, 1), ".avif"));
        Assert.Equal(longest, wide.Width);
        byte[] longer = Pictures.Encode(new RgbImage(longest + 1, 1), ".avif");
        Assert.Throws<PictureException>(() => Photo.FromBytes(longer));
    }

    [Fact]
    public void A_heic_that_cannot_be_encoded_is_a_clear_error()
    {
        // Some versions of the encoder refuse it.
        var error = Record.Exception(() => Pictures.Encode(new RgbImage(8000, 8), ".heic"));
        if (error is not null)
            Assert.EndsWith("encoded.heic: cannot be written as HEIC at this size; try another format, such as png.", Assert.IsType<PictureException>(error).Message);
    }

    [Theory, InlineData(".png"), InlineData(".tif")]
    public void Lossless_formats_have_room_for_every_picture(string extension)
    {
        Assert.Equal(int.MaxValue, PictureFormat.LongestSide("photo" + extension, 1));
        Assert.NotEmpty(Pictures.Encode(new RgbImage(70_000, 1), extension));
    }

    [Theory, InlineData(40), InlineData(75), InlineData(93)]
    public void A_jpeg_keeps_its_quality_and_subsampling(int quality)
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(Pictures.Encode(Pictures.Scene(80, 80), ".jpg", quality));
        using Photo extended = source.Extend(Pictures.Scene(96, 96), 8, 8);
        extended.Save(folder.File("same.jpg"));
        extended.Save(folder.File("asked.jpg"), new SaveOptions { Quality = 55 });
        // Below 90, this library's own JPEGs have half the resolution for colour.
        Assert.Equal(new JpegEncoding(quality, quality < 90), EncodingOf(folder.File("same.jpg")));
        Assert.Equal(new JpegEncoding(55, quality < 90), EncodingOf(folder.File("asked.jpg")));
    }

    [Fact]
    public void A_png_has_no_chunks_that_hang_on_the_old_pixels()
    {
        using var folder = new TemporaryFolder();
        using Photo source = Photo.FromBytes(PngFile.Encode(2, 2, PngFile.Grey, 8, [1, 2, 3, 4], ("acTL", new byte[8]), ("prVT", [1]), ("gAMA", [0, 0, 0xB1, 0x8F])));
        source.Save(folder.File("out.png"));
        Assert.Equal(["IHDR", "pHYs", "gAMA", "IEND"], new PngReader(folder.File("out.png")).Chunks.Select(chunk => chunk.Name));
    }

    [Theory, InlineData(".avif"), InlineData(".heic"), InlineData(".tif"), InlineData(".png")]
    public void More_than_8_bits_stay_more(string extension)
    {
        using var folder = new TemporaryFolder();
        byte[] ramp = [.. Enumerable.Range(0, 64 * 64).SelectMany(i => new[] { (byte)(i % 64 / 8 + 100), (byte)(i % 64 * 32) })];
        using Photo source = Photo.FromBytes(PngFile.Encode(64, 64, PngFile.Grey, 16, ramp));
        source.Save(folder.File("out" + extension), new SaveOptions { Quality = 100 });
        using Photo again = Photo.Load(folder.File("out" + extension));
        again.Save(folder.File("again" + extension));
        using Photo third = Photo.Load(folder.File("again" + extension));
        third.Save(folder.File("out16.png"));
        Assert.Equal(16, new PngReader(folder.File("out16.png")).BitDepth);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_lossless_webp_stays_lossless(bool animated)
    {
        using var folder = new TemporaryFolder();
        // A lossless 1 x 1 WebP: one pixel of 0xFF4080C0 (alpha, red, green, blue), five one-symbol codes.
        using Photo source = Photo.FromBytes(animated ? Animated(LosslessWebp()) : LosslessWebp());
        RgbImage canvas = Pictures.Scene(60, 60);
        using Photo extended = source.Extend(canvas, 30, 59);
        extended.Save(folder.File("out.webp"), new SaveOptions { Quality = 20 });
        using Photo again = Photo.Load(folder.File("out.webp"));
        Assert.Equal(Pictures.Crop(canvas, 0, 0, 60, 59).Pixels, Pictures.Crop(again.ToRgb(), 0, 0, 60, 59).Pixels);
    }

    [Fact]
    public void Transparency_turns_white_where_the_format_has_none()
    {
        using var folder = new TemporaryFolder();
        using Photo photo = Photo.FromBytes(PngFile.Encode(8, 8, PngFile.Rgba, 8, new byte[256]));
        photo.Save(folder.File("out.jpg"));
        using Photo again = Photo.Load(folder.File("out.jpg"));
        Assert.All(again.ToRgb().Pixels, value => Assert.InRange(value, 253, 255));
    }

    [Fact]
    public void Inks_turn_to_colours_where_the_format_has_none()
    {
        using var folder = new TemporaryFolder();
        using Photo photo = Photo.FromBytes(TiffFile.Encode(2, 1, 4, 8, TiffFile.Separated, [0, 0, 0, 0, 0, 200, 200, 0]));
        photo.Save(folder.File("out.png"));
        using Photo again = Photo.Load(folder.File("out.png"));
        Assert.Equal(photo.ToRgb().Pixels, again.ToRgb().Pixels);
    }

    [Fact]
    public void Inks_keep_their_transparency_where_the_format_has_none()
    {
        using var folder = new TemporaryFolder();
        byte[] samples = [.. Enumerable.Repeat(new byte[] { 40, 80, 120, 20, 128 }, 64).SelectMany(pixel => pixel)];
        using Photo photo = Photo.FromBytes(TiffFile.Encode(8, 8, 5, 8, TiffFile.Separated, samples));
        photo.Save(folder.File("out.png"));
        PngReader after = new(folder.File("out.png"));
        Assert.Equal(128, after.Row(0, 0, 1)[3]);
        using Photo again = Photo.Load(folder.File("out.png"));
        Assert.InRange(Pictures.MeanDifference(photo.ToRgb(), again.ToRgb()), 0, 1);
    }

    [Theory, InlineData(".webp"), InlineData(".avif"), InlineData(".heic")]
    public void Grey_goes_through_its_profile_where_the_format_has_none(string extension)
    {
        using var folder = new TemporaryFolder();
        using Photo photo = Photo.FromBytes(PngFile.Encode(
            8, 8, PngFile.GreyAlpha, 8, [.. Enumerable.Repeat(new byte[] { 100, 128 }, 64).SelectMany(pixel => pixel)], PngFile.Profile(IccProfile.Grey(1))));
        photo.Save(folder.File("out" + extension), new SaveOptions { Quality = 100 });
        using Photo again = Photo.Load(folder.File("out" + extension));
        // Without a profile, its own values are sRGB.
        Assert.InRange(Pictures.MeanDifference(photo.ToRgb(), again.ToDeviceRgb()), 0, 2);
    }

    [Fact]
    public void An_avif_with_a_profile_for_grey_is_grey()
    {
        using var folder = new TemporaryFolder();
        using Photo photo = Photo.FromBytes(AvifFile.WithProfile(IccProfile.Grey(1)));

        photo.Save(folder.File("out.png"));
        photo.Save(folder.File("out.avif"));

        PngReader png = new(folder.File("out.png"));
        Assert.Equal(PngFile.Grey, png.ColourType);
        Assert.Contains("iCCP", png.Chunks.Select(chunk => chunk.Name));
        Assert.DoesNotContain("GRAY", Encoding.Latin1.GetString(File.ReadAllBytes(folder.File("out.avif")))); // it is RGB
    }

    [Theory, InlineData(".webp"), InlineData(".avif"), InlineData(".heic")]
    public void Grey_with_a_profile_of_rgb_keeps_it_where_it_becomes_rgb(string extension)
    {
        using var folder = new TemporaryFolder();
        byte[] rows = [.. Enumerable.Repeat((byte)100, 64)];
        using Photo photo = Photo.FromBytes(TiffFile.Encode(8, 8, 1, 8, TiffFile.MinIsBlack, rows, 1, (TiffFile.Profile, IccProfile.WideRgb())));
        photo.Save(folder.File("out" + extension), new SaveOptions { Quality = 100 });
        using Photo again = Photo.Load(folder.File("out" + extension));
        again.Save(folder.File("again.png"));
        Assert.Contains(new PngReader(folder.File("again.png")).Chunks, chunk => chunk.Name == "iCCP");
        Assert.InRange(Pictures.MeanDifference(photo.ToDeviceRgb(), again.ToDeviceRgb()), 0, 1);
    }

    [Theory, InlineData(PngFile.Rgba), InlineData(PngFile.GreyAlpha)]
    public void Transparency_of_16_bits_turns_white_as_that_of_8(byte colourType)
    {
        using var folder = new TemporaryFolder();
        using Photo photo = Photo.FromBytes(PngFile.Encode(8, 8, colourType, 16, new byte[8 * 8 * (colourType == PngFile.Rgba ? 8 : 4)]));
        photo.Save(folder.File("out.jpg"));
        using Photo again = Photo.Load(folder.File("out.jpg"));
        Assert.All(again.ToRgb().Pixels, value => Assert.InRange(value, 253, 255));
    }

    [Theory, InlineData(8), InlineData(16)]
    public void Inks_of_any_depth_stay_inks_in_a_jpeg(int bits)
    {
        using var folder = new TemporaryFolder();
        byte[] inks = [.. Enumerable.Repeat(new byte[] { 40, 80, 120, 20 }, 64).SelectMany(pixel => pixel)];
        byte[] samples = bits == 8 ? inks : [.. inks.SelectMany(ink => new[] { ink, ink })];
        using Photo photo = Photo.FromBytes(TiffFile.Encode(8, 8, 4, bits, TiffFile.Separated, samples));
        photo.Save(folder.File("out.jpg"));
        using Photo again = Photo.Load(folder.File("out.jpg"));
        Assert.InRange(Pictures.MeanDifference(photo.ToRgb(), again.ToRgb()), 0, 2);
    }

    [Theory, InlineData(8), InlineData(16)]
    public void Transparent_inks_turn_to_paper_in_a_jpeg(int bits)
    {
        using var folder = new TemporaryFolder();
        byte[] pixel = [.. new byte[] { 40, 80, 120, 20, 0 }.SelectMany(value => Enumerable.Repeat(value, bits / 8))];
        byte[] samples = [.. Enumerable.Repeat(pixel, 64).SelectMany(values => values)];
        using Photo photo = Photo.FromBytes(TiffFile.Encode(8, 8, 5, bits, TiffFile.Separated, samples));
        photo.Save(folder.File("out.jpg"));
        using Photo again = Photo.Load(folder.File("out.jpg"));
        Assert.All(again.ToRgb().Pixels, value => Assert.InRange(value, 250, 255));
    }

    [Theory, MemberData(nameof(FloatsInOtherFormats))]
    public void Floats_show_the_same_colours_in_other_formats(string extension, bool profiled, float? alpha)
    {
        using var folder = new TemporaryFolder();
        float[] colour = alpha is { } opacity ? [0.5f, 0.2f, 0.1f, opacity] : [0.5f, 0.2f, 0.1f];
        using Photo photo = Photo.FromBytes(TiffFile.EncodeFloats(16, 16, colour, profiled ? IccProfile.WideRgb() : null));
        photo.Save(folder.File("out" + extension), new SaveOptions { Quality = 100 });
        using Photo again = Photo.Load(folder.File("out" + extension));
        Assert.InRange(Pictures.MeanDifference(photo.ToRgb(), again.ToRgb()), 0, 2);
    }

    public static TheoryData<string, bool, float?> FloatsInOtherFormats => new(
        from extension in new[] { ".jpg", ".png", ".webp", ".avif", ".heic" }
        from profiled in new[] { false, true }
        from alpha in new float?[] { null, 0, 1 }
        select (extension, profiled, alpha));

    [Fact]
    public void A_failed_save_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("out.webp", [1, 2, 3]);
        // WebP cannot be wider than 16383 pixels.
        using Photo wide = Photo.FromBytes(PngFile.Encode(17000, 1, PngFile.Grey, 8, new byte[17000]));
        var error = Assert.Throws<PictureException>(() => wide.Save(path));
        Assert.StartsWith(path, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_a_clear_error()
    {
        using var folder = new TemporaryFolder();
        using Photo photo = Photo.FromBytes(Pictures.Encode(Pictures.Scene(4, 4), ".png"));
        var error = Assert.Throws<PictureException>(() => photo.Save(folder.File("none/out.png")));
        Assert.Contains("cannot be written", error.Message);
    }

    [Fact]
    public void An_unknown_extension_is_a_clear_error()
    {
        using var folder = new TemporaryFolder();
        using Photo photo = Photo.FromBytes(Pictures.Encode(Pictures.Scene(4, 4), ".png"));
        var error = Assert.Throws<PictureException>(() => photo.Save(folder.File("out.bmp")));
        Assert.Contains(".jpg", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static JpegEncoding? EncodingOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return JpegEncoding.Of(JpegSegment.Read(file));
    }

    private static byte[] LosslessWebp()
    {
        // Bits, least significant first: 0x2F, width - 1 and height - 1 (14 each), alpha used, version (3);
        // no transform, no colour cache, no entropy image; then five simple prefix codes of one symbol.
        var bits = new List<int>();
        void Put(int value, int count) => bits.AddRange(Enumerable.Range(0, count).Select(i => (value >> i) & 1));
        Put(0x2F, 8);
        Put(0, 14);
        Put(0, 14);
        Put(0, 4);
        Put(0, 3);
        foreach (int symbol in new[] { 0x80, 0x40, 0xC0, 0xFF, 0 }) // green, red, blue, alpha, distance
        {
            Put(1, 1); // simple code
            Put(0, 1); // one symbol
            Put(symbol > 1 ? 1 : 0, 1); // of eight bits, or of one
            Put(symbol, symbol > 1 ? 8 : 1);
        }
        byte[] data = bits.Chunk(8).Select(chunk => (byte)chunk.Select((bit, i) => bit << i).Sum()).ToArray();
        byte[] body = [.. data, .. new byte[data.Length & 1]];
        return [.. "RIFF"u8, (byte)(body.Length + 12), 0, 0, 0, .. "WEBPVP8L"u8, (byte)data.Length, 0, 0, 0, .. body];
    }

    // A 1 x 1 picture as the only frame of an animation (RFC 9649, 2.7.1).
    private static byte[] Animated(byte[] webp)
    {
        byte[] frame = [.. new byte[16], .. webp[12..]];
        byte[] chunks = [.. "VP8X"u8, 10, 0, 0, 0, 0x12, .. new byte[9], .. "ANIM"u8, 6, 0, 0, 0, .. new byte[6], .. "ANMF"u8, (byte)frame.Length, 0, 0, 0, .. frame];
        return [.. "RIFF"u8, (byte)(chunks.Length + 4), 0, 0, 0, .. "WEBP"u8, .. chunks];
    }
}
