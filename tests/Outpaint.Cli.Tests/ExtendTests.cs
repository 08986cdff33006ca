namespace Outpaint.Cli.Tests;

public sealed class ExtendTests
{
    [Theory]
    [InlineData("extend", "--input_image", "{photo}", "--extension_ratio", "0.25", "--output_dir", "{out}", "--weights", "{weights}")]
    [InlineData("extend", "--input-image", "{photo}", "--extension-ratio", "0.25", "--output-dir", "{out}", "--weights", "{weights}")]
    [InlineData("extend", "{photo}", "--extension_ratio=0.25", "--output_dir={out}", "--weights", "{weights}")]
    [InlineData("inference", "--extension_ratio", "0.25", "--output_dir", "{out}", "--weights", "{weights}", "{photo}")]
    public async Task A_photo_is_extended_however_the_command_is_spelt(params string[] arguments)
    {
        using var program = new CommandLine();
        string photo = program.Picture("photo.png", 40, 24);

        int code = await program.Run([.. arguments.Select(argument => argument
            .Replace("{photo}", photo).Replace("{out}", program.File("out")).Replace("{weights}", program.Weights))]);

        Assert.Equal((0, ""), (code, program.Error));
        Assert.Equal((50, 30), program.SizeOf("out/photo_outpainted.png"));
        Assert.Contains(program.File("out/photo_outpainted.png"), program.Output);
    }

    [Fact]
    public async Task The_default_makes_each_side_half_as_long_again()
    {
        using var program = new CommandLine();

        await program.Extend(program.Picture("photo.png", 128, 128));

        Assert.Equal((192, 192), program.SizeOf("out/photo_outpainted.png"));
    }

    [Fact]
    public async Task A_folder_is_extended_with_one_model_and_a_bad_file_is_reported_and_skipped()
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png");
        program.Broken("photos/b.jpg");
        program.Picture("photos/c.png");
        program.Broken("photos/notes.txt");

        int code = await program.Extend(program.File("photos"));

        Assert.Equal(1, code);
        Assert.Equal(1, program.ModelsLoaded);
        Assert.Equal(["a_outpainted.png", "c_outpainted.png"], Directory.EnumerateFiles(program.File("out")).Select(Path.GetFileName).Order());
        Assert.StartsWith("error: " + program.File("photos/b.jpg"), program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
        Assert.Matches(@"^\[[12]/3\] .*\n\[[23]/3\] .*\n2 of 3 .*, 1 failed\n$", program.Output);
    }

    [Fact]
    public async Task On_a_terminal_a_batch_runs_under_a_bar_and_reports_the_same()
    {
        using var program = new CommandLine { IsInteractive = true };
        string name = new('a', 100); // longer than a line
        program.Picture($"photos/{name}.png");
        program.Broken("photos/[b].jpg");

        int code = await program.Extend(program.File("photos"));

        Assert.Equal(1, code);
        Assert.Contains(program.File($"out/{name}_outpainted.png (60 x 36 pixels)"), program.Output);
        Assert.Contains("1 of 2 pictures extended", program.Output);
        Assert.StartsWith("error: " + program.File("photos/[b].jpg"), program.Error);
    }

    [Fact]
    public async Task A_folder_that_receives_its_own_results_is_not_extended_twice()
    {
        using var program = new CommandLine();
        program.Picture("out/photo.png");

        await program.Extend(program.File("out"));
        int code = await program.Extend(program.File("out"), "--overwrite");

        Assert.Equal(0, code);
        Assert.Equal(["photo.png", "photo_outpainted.png"], Directory.EnumerateFiles(program.File("out")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task An_existing_result_is_left_alone_unless_overwriting_is_asked_for()
    {
        using var program = new CommandLine();
        string photo = program.Picture("photo.png"), result = program.Broken("out/photo_outpainted.png");

        Assert.Equal(1, await program.Extend(photo));
        Assert.Equal("no picture", File.ReadAllText(result));
        Assert.Contains("--overwrite", program.Error);
        Assert.Equal(0, program.ModelsLoaded);

        Assert.Equal(0, await program.Extend(photo, "--overwrite"));
        Assert.Equal((60, 36), program.SizeOf("out/photo_outpainted.png"));
    }
}
