using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Outpaint.Cli.Tests;

/// <summary>The script that starts the program, with another program in its place.</summary>
public sealed class LauncherTests
{
    [Theory]
    [InlineData("<&-", "")]
    [InlineData("</dev/null", "")]
    [InlineData("<<<list", "list\n")]
    public async Task A_standard_input_that_is_closed_is_an_empty_one(string input, string expected)
    {
        // Where it stayed closed, cat would say so.
        var start = new ProcessStartInfo("bash", ["-c", $"bash '{Launcher()}' sh -c 'cat 2>&1' {input}"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;

        Assert.Equal(expected, await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private static string Launcher([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../scripts/start.sh"));
}
