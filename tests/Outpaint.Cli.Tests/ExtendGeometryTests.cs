using Outpaint.Imaging;

namespace Outpaint.Cli.Tests;

public sealed class ExtendGeometryTests
{
    [Theory]
    [InlineData("--extension_ratio 0.25", 50, 30, 5, 3)]
    [InlineData("--extension_ratio 0.25 --anchor bottom-right", 50, 30, 10, 6)]
    [InlineData("--left 7", 47, 24, 7, 0)]
    [InlineData("--right 25%", 50, 24, 0, 0)]
    [InlineData("--top 12.5% --left 0", 40, 27, 0, 3)]
    [InlineData("--left 1 --right 2 --top 3 --bottom 4", 43, 31, 1, 3)]
    [InlineData("--size 60x24", 60, 24, 10, 0)]
    [InlineData("--size 60x44 --anchor top", 60, 44, 10, 0)]
    [InlineData("--aspect 1:1", 40, 40, 0, 8)]
    [InlineData("--aspect 2.5:1 --anchor left", 60, 24, 0, 0)]
    public async Task A_picture_is_extended_to_what_is_asked_for(string options, int width, int height, int left, int top)
    {
        using var program = new CommandLine();
        var source = new RgbImage(40, 24);
        for (int i = 0; i < source.Pixels.Length; i++)
            source.Pixels[i] = (byte)(60 + (3 * (i / 3 % 40)) + (2 * (i / 3 / 40)));
        Photo.SavePng(source, program.File("photo.png"));

        int code = await program.Extend([program.File("photo.png"), .. options.Split(' ')]);

        Assert.Equal((0, ""), (code, program.Error));
        using Photo result = Photo.Load(program.File("out/photo_outpainted.png"));
        Assert.Equal((width, height), (result.Width, result.Height));
        byte[] pixels = result.ToRgb().Pixels;
        for (int y = 0; y < 24; y++)
            Assert.Equal(source.Pixels.AsSpan(y * 40 * 3, 40 * 3), pixels.AsSpan((((top + y) * width) + left) * 3, 40 * 3));
    }

    [Theory]
    [InlineData("--left 10 --size 100x100", "--left", "--size")]
    [InlineData("--extension_ratio 0.5 --bottom 10", "--extension_ratio", "--bottom")]
    [InlineData("--size 100x100 --aspect 1:1", "--size", "--aspect")]
    [InlineData("--extension-ratio 0.5 --aspect 1:1", "--extension_ratio", "--aspect")]
    [InlineData("--right 5 --anchor center", "--right", "--anchor")]
    [InlineData("--overwrite --skip_existing", "--overwrite", "--skip_existing")]
    public async Task Options_that_contradict_each_other_are_refused_by_name(string options, string first, string second)
    {
        using var program = new CommandLine();

        int code = await program.Extend([program.Picture("photo.png"), .. options.Split(' ')]);

        Assert.Equal(2, code);
        Assert.Contains($"{first} and {second} contradict each other", program.Error);
    }

    [Theory]
    [InlineData("--left", "-5")]
    [InlineData("--left", "4.5")]
    [InlineData("--left", "-Infinity%")]
    [InlineData("--top", "NaN%")]
    [InlineData("--top", "50%%")]
    [InlineData("--top", "5e1%")]
    [InlineData("--bottom", "%")]
    [InlineData("--bottom", "99999999999")]
    [InlineData("--size", "100")]
    [InlineData("--size", "0x100")]
    [InlineData("--size", "100x-100")]
    [InlineData("--aspect", "16x9")]
    [InlineData("--aspect", "16:0")]
    [InlineData("--aspect", "1:2:3")]
    [InlineData("--extension_ratio", "0,5")]
    [InlineData("--extension_ratio", "half")]
    [InlineData("--anchor", "middle")]
    [InlineData("--anchor", "3")]
    public async Task A_value_that_makes_no_sense_is_refused_with_the_option_and_the_value(string option, string value)
    {
        using var program = new CommandLine();

        int code = await program.Extend(program.Picture("photo.png"), $"{option}={value}");

        Assert.Equal(2, code);
        Assert.StartsWith($"error: {option} is '{value}'; it must be ", program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
    }

    [Theory]
    [InlineData("--size", "39x100", "never cropped")]
    [InlineData("--left", "0", "nothing to add")]
    [InlineData("--top", "400%", "more than 4 times")]
    public async Task What_this_picture_cannot_become_is_one_line_that_names_it(string option, string value, string reason)
    {
        using var program = new CommandLine();
        string photo = program.Picture("photo.png", 40, 24);

        int code = await program.Extend(photo, option, value);

        Assert.Equal(1, code);
        Assert.StartsWith($"error: {photo}: ", program.Error);
        Assert.Contains(reason, program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
        Assert.False(Directory.Exists(program.File("out")));
    }

    [Theory]
    [InlineData("--size", "50x30")]
    [InlineData("--aspect", "5:3")]
    public async Task A_picture_that_has_the_size_or_shape_already_is_passed_over_and_the_others_become_like_it(string option, string value)
    {
        using var program = new CommandLine();
        string report = program.File("report.json");
        string photo = program.Picture("photo.png", 50, 30), other = program.Picture("other.png", 40, 30);

        int code = await program.Extend(photo, other, option, value, "--report", report);

        Assert.Equal(0, code);
        Assert.Contains($"{photo} is {value} already", program.Output);
        Assert.Contains("1 of 2 pictures extended", program.Output);
        Assert.Contains("1 passed over", program.Output);
        Assert.Equal([program.File("out/other_outpainted.png")], Directory.GetFiles(program.File("out")));
        Assert.Contains("\"skipped\": 1", File.ReadAllText(report));
    }

    [Theory]
    [InlineData(0, "is 40x24 already", "--size", "40x24")]
    [InlineData(0, "is 5:3 already", "--aspect", "5:3")]
    [InlineData(1, "never cropped", "--size", "39x100")]
    [InlineData(1, "exists already", "--size", "60x40")]
    public async Task A_result_that_exists_is_in_the_way_only_of_pictures_that_can_become_what_is_asked(int expectedCode, string message, params string[] options)
    {
        using var program = new CommandLine();
        byte[] existing = File.ReadAllBytes(program.Picture("out/photo_outpainted.png", 80, 48));

        int code = await program.Extend([program.Picture("photo.png", 40, 24), .. options]);

        Assert.Equal((expectedCode, 0), (code, program.ModelsLoaded));
        Assert.Contains(message, program.Output + program.Error);
        Assert.Equal(1, (program.Output + program.Error).Count(character => character == '\n'));
        Assert.Equal(existing, File.ReadAllBytes(program.File("out/photo_outpainted.png")));
    }

    [Fact]
    public async Task A_dry_run_says_which_pictures_it_would_pass_over()
    {
        using var program = new CommandLine();
        string photo = program.Picture("photo.png", 50, 30);

        int code = await program.Extend(photo, "--aspect", "5:3", "--dry_run");

        Assert.Equal(0, code);
        Assert.Equal($"{photo} is 5:3 already", program.Output.Trim());
    }

    [Theory]
    [InlineData("webp", 12000, "a canvas of 18000 x 3 pixels does not fit into a .webp file, whose sides have at most 16383; give --format png")]
    [InlineData("heic", 4000, "a canvas of 6000 x 3 pixels does not fit into a .heic file, whose sides have at most 4216; give --format png")]
    public async Task A_dry_run_says_what_does_not_fit_into_a_file_of_the_format(string format, int width, string error)
    {
        using var program = new CommandLine();

        int code = await program.Extend(program.Picture("photo.png", width, 2), "--format", format, "--dry_run");

        Assert.Equal((1, 0), (code, program.ModelsLoaded));
        Assert.Contains(error, program.Error);
    }
}
