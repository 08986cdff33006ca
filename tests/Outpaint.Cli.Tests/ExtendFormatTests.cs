using System.Text;
using Outpaint.Imaging;

namespace Outpaint.Cli.Tests;

public sealed class ExtendFormatTests
{
    [Theory]
    [InlineData("jpeg", "\u00FF\u00D8\u00FF")]
    [InlineData("jpg", "\u00FF\u00D8\u00FF")]
    [InlineData("png", "\u0089PNG")]
    [InlineData("TIFF", "II*")]
    public async Task A_result_gets_the_format_that_was_asked_for_and_its_extension(string format, string signature)
    {
        using var program = new CommandLine();

        Assert.Equal(0, await program.Extend(program.Picture("photo.webp"), "--format", format));

        byte[] file = File.ReadAllBytes(program.File("out/photo_outpainted." + format.ToLowerInvariant()));
        Assert.StartsWith(signature, Encoding.Latin1.GetString(file));
    }

    [Theory]
    [InlineData(".jfif", ".jfif", "\u00FF\u00D8\u00FF")]
    [InlineData(".JPE", ".JPE", "\u00FF\u00D8\u00FF")]
    [InlineData(".hif", ".hif", "ftypheic")]
    [InlineData(".jpg", "", "\u00FF\u00D8\u00FF")]
    [InlineData(".webp", ".download", "RIFF")]
    [InlineData(".tif", ".photo", "II*")]
    [InlineData(".avif", ".bin", "ftypavif")]
    public async Task A_result_has_the_format_of_its_picture_whatever_that_is_called(string format, string extension, string signature)
    {
        using var program = new CommandLine();
        using (Photo picture = Photo.Load(program.Picture("photo.png")))
            picture.Save(program.File("written" + format));
        File.Move(program.File("written" + format), program.File("named" + extension));

        Assert.Equal(0, await program.Extend(program.File("named" + extension)));

        string result = Assert.Single(program.FilesIn("out"));
        Assert.Equal("named_outpainted" + (PictureFormat.CanBeWritten(extension) ? extension : format), result);
        Assert.Contains(signature, Encoding.Latin1.GetString(File.ReadAllBytes(program.File("out/" + result)), 0, 12));
    }

    [Fact]
    public async Task A_format_that_cannot_be_written_is_an_error_that_lists_those_that_can()
    {
        using var program = new CommandLine();

        Assert.Equal(2, await program.Extend(program.Picture("photo.png"), "--format", "gif"));

        Assert.Equal("error: --format is 'gif'; it must be jpg, jpeg, png, webp, tif, tiff, avif or heic.\n", program.Error);
    }

    [Theory]
    [InlineData("--format", "png", "--quality and --format contradict each other: .png files are lossless; leave --quality out.")]
    [InlineData("--format", "tif", "--quality and --format contradict each other: .tif files are lossless; leave --quality out.")]
    [InlineData("--output", "wide.PNG", "--quality and --output contradict each other: .png files are lossless; leave --quality out.")]
    public async Task A_quality_of_a_lossless_format_is_refused(string option, string value, string reason)
    {
        using var program = new CommandLine();

        Assert.Equal(2, await program.Run("extend", program.Picture("a.png"), "--quality", "50", option, value));

        Assert.Contains(reason, program.Error);
    }

    [Fact]
    public async Task What_may_be_private_is_left_out_on_request()
    {
        using var program = new CommandLine();
        string photo = program.File("photo.jpg");
        using (Photo picture = Photo.Load(program.Picture("photo.png")))
            picture.Save(photo);
        byte[] file = File.ReadAllBytes(photo);
        byte[] comment = [0xFF, 0xFE, 0, 8, .. "secret"u8];
        File.WriteAllBytes(photo, [.. file[..2], .. comment, .. file[2..]]);

        await program.Extend(photo);
        Assert.Contains("secret", Result());
        await program.Extend(photo, "--strip", "--overwrite");
        Assert.DoesNotContain("secret", Result());
        Assert.Contains("compositeWithTrainedAlgorithmicMedia", Result());

        string Result() => Encoding.Latin1.GetString(File.ReadAllBytes(program.File("out/photo_outpainted.jpg")));
    }
}
