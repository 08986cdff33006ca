using System.Diagnostics;

namespace Outpaint.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData()]
    public async Task The_program_lists_its_commands(params string[] arguments)
    {
        using var program = new CommandLine();

        Assert.Equal(0, await program.Run(arguments));

        Assert.Contains("Usage:\n  outpaint COMMAND [options]", program.Output);
        Assert.Contains("\n  extend ", program.Output);
        Assert.Contains("\n  train ", program.Output);
        Assert.Empty(program.Error);
    }

    [Theory]
    [InlineData("extend", "--help")]
    [InlineData("inference", "--help")]
    [InlineData("extend", "--extension_ratio", "nonsense", "--help")]
    public async Task Extend_explains_its_options_in_groups_with_units_and_defaults(params string[] arguments)
    {
        using var program = new CommandLine();

        Assert.Equal(0, await program.Run(arguments));

        Assert.Equal(
            ["Usage:", "Examples:", "Input:", "Extension:", "Output:"],
            program.Output.Split('\n').Where(line => line.EndsWith(':') && !line.StartsWith(' ')));
        string flowing = string.Join(' ', program.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("outpaint extend holiday.jpg", flowing);
        Assert.Contains("--input_image PICTURE", flowing);
        Assert.Contains("--extension_ratio R How much longer each side becomes", flowing);
        Assert.Contains("[default: 0.5]", flowing);
        Assert.Contains("[default: outputs]", flowing);
        Assert.All(program.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData("train", "Photos per step. [default: 32] [at least 1, at most 4096]")]
    [InlineData("train", "for generator and discriminators. [default: 0.0002] [above 0, at most 1]")]
    [InlineData("train", "first moment. [default: 0.5] [at least 0, below 1]")]
    [InlineData("train", "--epochs may end the run before. [at least 1]")] // no default, and no limit above
    [InlineData("train", "which is what gets used. [default: 10000] [at least 1, at most 1000000000000]")]
    [InlineData("extend", "grows in steps. [default: 0.5] [above 0, at most 3]")]
    [InlineData("evaluate", "enlarged to that. [default: 128] [at least 128, at most 2048]")]
    public async Task The_limits_of_numbers_are_told(string command, string text)
    {
        using var program = new CommandLine();

        Assert.Equal(0, await program.Run(command, "--help"));

        Assert.Contains(text, string.Join(' ', program.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task The_version_is_printed()
    {
        using var program = new CommandLine();

        Assert.Equal(0, await program.Run("--version"));

        Assert.Matches(@"^\d+\.\d+\.\d+", program.Output);
    }

    [Fact]
    public async Task Help_loads_neither_libtorch_nor_libvips()
    {
        // Another process: in this one a test may have loaded them.
        var start = new ProcessStartInfo("dotnet", [typeof(Shell.Application).Assembly.Location, "extend", "--help"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LD_DEBUG"] = "files";

        using Process process = Process.Start(start)!;
        Task<string> loaded = process.StandardError.ReadToEndAsync();
        string help = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("--input_image", help);
        Assert.Contains("libcoreclr", await loaded);
        Assert.DoesNotContain("outpaint_torch", await loaded);
        Assert.DoesNotContain("outpaint_vips", await loaded);
    }
}
