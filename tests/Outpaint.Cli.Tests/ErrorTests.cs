namespace Outpaint.Cli.Tests;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("extend")]
    [InlineData("extend", "photo.png", "--extension_ratio", "0")]
    [InlineData("extend", "photo.png", "--extension_ratio", "3.5")]
    [InlineData("extend", "photo.png", "--extension_ratio", "wide")]
    [InlineData("extend", "photo.png", "--quality", "101")]
    [InlineData("extend", "photo.png", "--quality")]
    [InlineData("extend", "--sharpness", "3")]
    [InlineData("exted", "photo.png")]
    public async Task A_wrong_command_line_is_one_line_and_code_2(params string[] arguments)
    {
        using var program = new CommandLine();

        int code = await program.Run(arguments);

        Assert.Equal(2, code);
        AssertOneErrorLine(program);
        Assert.DoesNotContain("System.", program.Error);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_names_option_and_value()
    {
        using var program = new CommandLine();

        await program.Run("extend", "photo.png", "--extension_ratio", "wide");

        Assert.Contains("--extension_ratio", program.Error);
        Assert.Contains("'wide'", program.Error);
        Assert.Contains("outpaint extend --help", program.Error);
    }

    [Fact]
    public async Task A_missing_photo_is_one_line_and_code_1()
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Extend(program.File("missing.png")));

        AssertOneErrorLine(program);
        Assert.Contains("missing.png: no such file", program.Error);
    }

    [Fact]
    public async Task A_folder_without_pictures_is_one_line_and_code_1()
    {
        using var program = new CommandLine();
        program.Broken("papers/notes.txt");

        Assert.Equal(1, await program.Extend(program.File("papers")));

        AssertOneErrorLine(program);
    }

    [Fact]
    public async Task A_photo_that_does_not_grow_is_one_line_that_names_it()
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Extend(program.Picture("tiny.png", 8, 8), "--extension_ratio", "0.01"));

        AssertOneErrorLine(program);
        Assert.Contains("tiny.png: ", program.Error);
        Assert.False(Directory.Exists(program.File("out")));
    }

    [Fact]
    public async Task Missing_weights_are_one_line_and_code_1()
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Run("extend", program.Picture("photo.png"), "--weights", program.File("none.safetensors")));

        AssertOneErrorLine(program);
        Assert.Contains("none.safetensors", program.Error);
    }

    [Fact]
    public async Task A_defect_is_one_line_that_says_how_to_see_more()
    {
        using var program = new CommandLine();

        int code = await program.Run(
            _ => throw new InvalidOperationException("first\nsecond"), "extend", program.Picture("photo.png"), "--weights", program.Weights);

        Assert.Equal(1, code);
        AssertOneErrorLine(program);
        Assert.Contains("InvalidOperationException: first second", program.Error);
        Assert.Contains("OUTPAINT_DEBUG=1", program.Error);
    }

    [Fact]
    public async Task Stopping_is_no_error_and_has_the_code_that_shells_expect()
    {
        using var program = new CommandLine();

        int code = await program.Run(
            _ => throw new OperationCanceledException(), "extend", program.Picture("photo.png"), "--weights", program.Weights);

        Assert.Equal((130, "stopped." + Environment.NewLine), (code, program.Error));
    }

    private static void AssertOneErrorLine(CommandLine program)
    {
        Assert.StartsWith("error: ", program.Error);
        Assert.Equal(program.Error.Length - 1, program.Error.IndexOf('\n'));
    }
}
