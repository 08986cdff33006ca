namespace Outpaint.Cli.Tests;

public sealed class ExtendOutputTests
{
    [Theory]
    [InlineData("--output")]
    [InlineData("-o")]
    public async Task The_result_is_the_file_that_was_named(string option)
    {
        using var program = new CommandLine();

        int code = await Extend(program, program.Picture("photo.png"), option, program.File("new/wide.jpg"), "--mask_out");

        Assert.Equal((0, ""), (code, program.Error));
        Assert.Equal(["wide.jpg", "wide_mask.png"], program.FilesIn("new"));
        Assert.Equal([0xFF, 0xD8], File.ReadAllBytes(program.File("new/wide.jpg"))[..2]);
        Assert.Equal((60, 36), program.SizeOf("new/wide.jpg"));
    }

    [Fact]
    public async Task A_named_file_that_exists_is_replaced_only_if_asked()
    {
        using var program = new CommandLine();
        string photo = program.Picture("photo.png"), wide = program.Picture("wide.png", 8, 8);

        Assert.Equal(1, await Extend(program, photo, "--output", wide));
        Assert.EndsWith("or another --output.\n", program.Error);
        Assert.Equal((8, 8), program.SizeOf("wide.png"));

        Assert.Equal(0, await Extend(program, photo, "--output", wide, "--overwrite"));
        Assert.Equal((60, 36), program.SizeOf("wide.png"));
    }

    [Fact]
    public async Task A_mask_beside_a_named_file_may_be_the_users_own_and_stays()
    {
        using var program = new CommandLine();
        string photo = program.Picture("photo.png"), wide = program.Picture("wide.png");
        program.Picture("wide_mask.png", 8, 8);

        Assert.Equal(0, await Extend(program, photo, "--output", wide, "--overwrite"));

        Assert.Equal((8, 8), program.SizeOf("wide_mask.png"));
    }

    [Theory]
    [InlineData("--output and --output_dir contradict each other", "--output", "{wide}", "--output_dir", "out")]
    [InlineData("--output and --format contradict each other", "--output", "{wide}", "--format", "png")]
    [InlineData("--output and --variations contradict each other", "--output", "{wide}", "--variations", "2")]
    [InlineData("--output is for a single picture, so give --output_dir instead", "--output", "{wide}", "{other}")]
    [InlineData("is to be extended itself; give another --output.", "--output", "{photo}", "--overwrite")]
    [InlineData("is a folder; name a file", "--output", "{folder}")]
    [InlineData("is of no format that can be written", "--output", "{wide}.gif")]
    [InlineData("is of no format that can be written; name a file such as", "--output", "{wide}.d/wide")]
    [InlineData("is a file; name a folder", "--output", "{photo}/wide.png")]
    public async Task What_does_not_go_with_a_named_file_is_one_line_and_writes_nothing(string error, params string[] arguments)
    {
        using var program = new CommandLine();
        string photo = program.Picture("photos/photo.png"), other = program.Picture("photos/other.png");

        int code = await Extend(program, [photo, .. arguments.Select(argument => argument
            .Replace("{wide}", program.File("wide.png")).Replace("{photo}", photo).Replace("{other}", other).Replace("{folder}", program.File("photos")))]);

        Assert.Equal(2, code);
        Assert.Contains(error, program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
        Assert.Equal(["other.png", "photo.png"], program.FilesIn("photos"));
        Assert.False(File.Exists(program.File("wide.png")));
    }

    [Theory]
    [InlineData("-o")]
    [InlineData("--output")]
    public async Task The_file_of_the_command_line_counts_instead_of_that_of_a_file_of_options(string option)
    {
        using var program = new CommandLine();
        File.WriteAllText(program.File("some.args"), $"--output {program.File("other.png")}");

        Assert.Equal(0, await Extend(program, program.Picture("photo.png"), "@" + program.File("some.args"), option, program.File("wide.png")));

        Assert.True(File.Exists(program.File("wide.png")));
        Assert.False(File.Exists(program.File("other.png")));
    }

    private static Task<int> Extend(CommandLine program, params string[] arguments) =>
        program.Run(["extend", "--weights", program.Weights, .. arguments]);
}
