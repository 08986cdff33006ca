using Outpaint.Imaging;

namespace Outpaint.Cli.Tests;

public sealed class ExtendFrameTests
{
    [Fact]
    public async Task A_frame_that_is_seen_is_told_of_with_the_feather_that_leaves_it_out()
    {
        using var program = new CommandLine();
        string photo = Framed(program), report = program.File("report.json");

        Assert.Equal(0, await program.Extend(photo, "--report", report));

        Assert.EndsWith(" (60 x 60 pixels); the picture's frame is seen in it, and --feather 4 leaves it out\n", program.Output);
        Assert.Contains("\"frame_feather\": 4", File.ReadAllText(report));
    }

    [Theory]
    [InlineData("--feather", "4")]
    [InlineData("--top", "8")] // the frame is on the right
    public async Task Nothing_is_told_where_none_is_seen(string option, string value)
    {
        using var program = new CommandLine();

        Assert.Equal(0, await program.Extend(Framed(program), option, value));

        Assert.DoesNotContain("frame", program.Output);
    }

    // White, with two black columns on the right.
    private static string Framed(CommandLine program)
    {
        string path = program.File("photo.png");
        var image = new RgbImage(40, 40);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)(i / 3 % 40 < 38 ? 255 : 0);
        Photo.SavePng(image, path);
        return path;
    }
}
