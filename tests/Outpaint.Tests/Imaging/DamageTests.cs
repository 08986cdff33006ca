using System.Buffers.Binary;
using System.Text;
using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public class DamageTests
{
    public static TheoryData<string> Formats => [".jpg", ".png", ".webp", ".tif", ".avif", ".heic"];

    [Fact]
    public void A_missing_file_is_a_clear_error() => AssertRefused("/no/such/photo.jpg", "no such file");

    [Fact]
    public void A_folder_is_a_clear_error()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.Path, "a folder; name a picture in it");
    }

    [Fact]
    public void An_empty_file_is_a_clear_error()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.Write("photo.jpg", []), "empty");
    }

    [Fact]
    public void A_link_to_nothing_is_a_clear_error()
    {
        using var folder = new TemporaryFolder();
        string link = Path.Combine(folder.Path, "photo.jpg");
        File.CreateSymbolicLink(link, "/no/such/photo.jpg");
        AssertRefused(link, "a link to a file that does not exist");
    }

    [Fact]
    public void Text_is_a_clear_error()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.Write("photo.jpg", Encoding.UTF8.GetBytes("<html>404 not found</html>")), "not a picture");
    }

    [Fact]
    public void Formats_that_run_programs_of_their_own_are_not_read()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.Write("photo.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"u8.ToArray()), "not a picture");
        AssertRefused(folder.Write("photo.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"u8.ToArray()), "not a picture");
    }

    [Theory, MemberData(nameof(Formats))]
    public void A_cut_off_file_is_a_clear_error(string extension)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Pictures.Encode(Pictures.Scene(200, 150), extension);
        foreach (double part in new[] { 0.05, 0.5, 0.9 })
        {
            string path = folder.Write("photo" + extension, whole[..(int)(whole.Length * part)]);
            AssertRefused(path, "cut off");
        }
    }

    [Theory, InlineData(".jpg"), InlineData(".png")]
    public void Overwritten_data_is_a_clear_error(string extension)
    {
        using var folder = new TemporaryFolder();
        byte[] file = Pictures.Encode(Pictures.Scene(200, 150), extension);
        file.AsSpan(file.Length / 2, 400).Fill(0x5A);
        file[file.Length / 2] = 0xFF; // random bytes could happen to be a valid JPEG scan, a marker cannot
        AssertRefused(folder.Write("photo" + extension, file), "damaged");
    }

    [Fact]
    public void Stray_bytes_between_jpeg_segments_are_forgiven()
    {
        RgbImage scene = Pictures.Scene(40, 30);
        byte[] jpeg = Pictures.Encode(scene, ".jpg");
        byte[] odd = [.. Pictures.InsertJpegSegment(jpeg, 0xFE, [1, 2, 3])[..9], 0, 0, .. jpeg[2..]];
        using Photo photo = Photo.FromBytes(odd);
        Assert.InRange(Pictures.MeanDifference(scene, photo.ToRgb()), 0, 3);
    }

    [Fact]
    public void A_header_over_the_limit_is_refused_before_decoding()
    {
        byte[] png = PngFile.Encode(1, 1, PngFile.Grey, 8, [0]);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 20_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 20_000);
        // The checksum of the header chunk no longer fits, so make it again.
        byte[] bomb = [.. png[..8], .. PngFile.Chunk("IHDR", png[16..29]), .. png[33..]];
        var error = Assert.Throws<PictureException>(() => Photo.FromBytes(bomb, "bomb.png"));
        Assert.Equal("bomb.png: too large (20000 x 20000 pixels; the limit is 100 megapixels); shrink it first.", error.Message);
    }

    [Fact]
    public void Hundreds_of_scans_over_a_large_picture_are_refused()
    {
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0];
        byte[] bomb =
        [
            0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64), // quantization
            0xFF, 0xC2, 0, 11, 8, 0x20, 0, 0x20, 0, 1, 1, 0x11, 0, // progressive, 8192 x 8192, grey
            .. Enumerable.Repeat(scan, 500).SelectMany(bytes => bytes), 0xFF, 0xD9,
        ];
        Assert.Contains("scans", Assert.Throws<PictureException>(() => Photo.FromBytes(bomb)).Message);
    }

    [Fact]
    public void What_looks_like_scans_in_segments_or_behind_the_end_is_none()
    {
        byte[] video = [.. Enumerable.Repeat(new byte[] { 0xFF, 0xDA, 0, 8 }, 500).SelectMany(bytes => bytes)];
        byte[] photo =
        [
            0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64), // quantization
            0xFF, 0xC2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0, // progressive, 8 x 8, grey
            0xFF, 0xC4, 0, 20, 0, 1, .. new byte[16], // the code 0 for a difference of 0
            0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x7F, 0xFF, 0xD9,
        ];
        using Photo read = Photo.FromBytes([.. Pictures.InsertJpegSegment(photo, 0xE5, video), .. video]);
        Assert.Equal((128, 128, 128), Pictures.At(read.ToRgb(), 4, 4));
    }

    [Fact]
    public void Hdr_brightness_is_a_clear_error()
    {
        const byte pq = 16;
        using (Photo.FromBytes(AvifFile.WithCodePoints()))
        {
        }

        Assert.Contains("HDR", Assert.Throws<PictureException>(() => Photo.FromBytes(AvifFile.WithCodePoints(transfer: pq))).Message);
    }

    [Fact]
    public void Hdr_brightness_is_found_behind_a_box_of_64_bits_too()
    {
        const byte unspecified = 2, hlg = 18;
        using (Photo photo = Photo.FromBytes(AvifFile.WithLargeBoxFirst(unspecified)))
            Assert.Equal((16, 16), (photo.Width, photo.Height));
        Assert.Contains("HDR", Assert.Throws<PictureException>(() => Photo.FromBytes(AvifFile.WithLargeBoxFirst(hlg))).Message);
    }

    [Fact]
    public void Errors_of_pictures_read_in_parallel_are_not_mixed_up()
    {
        byte[] cut = Pictures.Encode(Pictures.Scene(64, 48), ".jpg")[..400];
        byte[] text = "no picture"u8.ToArray();
        Parallel.For(0, 200, i =>
        {
            var error = Assert.Throws<PictureException>(() => Photo.FromBytes(i % 2 == 0 ? cut : text, $"photo {i}"));
            Assert.StartsWith($"photo {i}: {(i % 2 == 0 ? "damaged" : "not a picture")}", error.Message);
        });
    }

    private static void AssertRefused(string path, string problem)
    {
        var error = Assert.Throws<PictureException>(() => Photo.Load(path));
        Assert.StartsWith(path + ": ", error.Message);
        Assert.Contains(problem, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }
}
