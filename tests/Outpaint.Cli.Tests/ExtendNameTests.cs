using System.Runtime.Versioning;

namespace Outpaint.Cli.Tests;

public sealed class ExtendNameTests
{
    [Theory]
    [InlineData("two/a.png", "or give the folder that holds both with --recursive.")]
    [InlineData("one/a.gif", "or rename it.")]
    [InlineData("one/a.jpg", "or rename it.", "--mask_out")] // their masks
    [InlineData("two/a.png", "--recursive.", "--dry_run")]
    public async Task Of_pictures_with_the_same_result_the_first_is_extended_and_the_others_are_reported(string second, string advice, params string[] options)
    {
        using var program = new CommandLine();
        string first = program.Picture("one/a.png", 40, 24), other = program.Picture(second, 8, 8), third = program.Picture("three/c.png");

        int code = await program.Extend([first, other, third, .. options]);

        Assert.Equal(1, code);
        Assert.StartsWith($"error: {other}: {program.File("out/a_outpainted")}", program.Error);
        Assert.EndsWith(advice + "\n", program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
        Assert.Contains(program.File("out/a_outpainted.png"), program.Output);
        Assert.Contains(program.File("out/c_outpainted.png"), program.Output);
        Assert.Equal(!options.Contains("--dry_run"), File.Exists(program.File("out/a_outpainted.png")) && program.SizeOf("out/a_outpainted.png") == (60, 36));
    }

    [Theory]
    [InlineData(241)]
    [InlineData(236, "--mask_out")]
    public async Task A_dry_run_tells_of_a_result_whose_name_is_too_long(int length, params string[] options)
    {
        using var program = new CommandLine();
        string photo = program.Picture(new string('a', length) + ".png");

        Assert.Equal(1, await program.Extend([photo, "--dry_run", .. options]));

        Assert.StartsWith($"error: {photo}: the name of the result, ", program.Error);
        Assert.EndsWith("bytes, and 255 is the most; give a shorter one with --output, or rename the picture.\n", program.Error);
    }

    [Fact]
    public async Task The_longest_name_that_a_result_can_have_is_written()
    {
        using var program = new CommandLine();
        string name = new('a', 235);

        Assert.Equal(0, await program.Extend(program.Picture(name + ".png"), "--mask_out"));

        Assert.Equal([$"{name}_outpainted.png", $"{name}_outpainted_mask.png"], program.FilesIn("out"));
    }

    [Fact]
    public async Task Names_do_not_reach_the_terminal_as_commands()
    {
        using var program = new CommandLine();
        string photo = program.Picture("a\e[31m\u202E\n.png"), persian = program.Picture("می\u200Cروم.png");

        Assert.Equal(1, await program.Extend(photo, persian, program.Broken("b\e[31m\n.png")));

        Assert.Contains("a?[31m??_outpainted.png", program.Output);
        Assert.Contains("می\u200Cروم_outpainted.png", program.Output);
        Assert.Equal(3, program.Output.Count(character => character == '\n'));
        Assert.DoesNotContain('\e', program.Output + program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
    }

    [Fact]
    public async Task A_device_is_no_picture()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "It takes a device.");
        using var program = new CommandLine();

        Assert.Equal(1, await program.Extend("/dev/zero"));

        Assert.Equal("error: /dev/zero: the file is empty, or a pipe or a device; get a whole copy in a file.\n", program.Error);
    }

    [Theory]
    [InlineData("locked/a.png", "locked/a.png: a folder in this path may not be entered; check its permissions.")]
    [InlineData("@list.txt", "locked/a.png: cannot be opened (")]
    [SupportedOSPlatform("linux")]
    public async Task A_picture_in_a_folder_that_may_not_be_entered_is_not_said_to_be_missing(string input, string reason)
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may enter everything.");
        using var program = new CommandLine();
        File.WriteAllText(program.File("list.txt"), program.Picture("locked/a.png"));
        File.SetUnixFileMode(program.File("locked"), UnixFileMode.None);

        int code = await program.Extend(input.StartsWith('@') ? "@" + program.File(input[1..]) : program.File(input));
        File.SetUnixFileMode(program.File("locked"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal(1, code);
        Assert.Contains(reason, program.Error);
    }
}
