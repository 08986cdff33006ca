using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Outpaint.Training.Runs;

namespace Outpaint.Cli.Tests;

/// <summary>What happens to a run in a process of its own when a signal ends it.</summary>
public sealed partial class TrainSignalTests : IDisposable
{
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Kill = 9;

    private readonly CommandLine program = new();

    public TrainSignalTests() => program.Picture("photos/a.png", 64, 64);

    private string Run => program.File("run");

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(HangUp)] // the terminal was closed
    public async Task Ctrl_C_finishes_the_step_saves_and_says_how_to_go_on(int signal)
    {
        (int code, string output) = await TrainUntilStep(3, signal);

        Assert.Equal(130, code);
        Assert.Matches($@"\nStopped and saved after \d+ steps\. Go on with: outpaint train --resume {Regex.Escape(Run)}\n$", output);
        Assert.True(File.Exists(new RunFolder(Run).CheckpointPath));
        Assert.Contains("\"exit_code\":130", File.ReadAllText(program.File("run/run.json")));
    }

    [Fact]
    public async Task A_run_that_was_killed_goes_on_from_its_last_checkpoint()
    {
        (_, string output) = await TrainUntilStep(10, Kill); // a checkpoint after every step: it dies in one, like as not
        // On a busy machine it comes further than that before it is killed.
        int steps = 50 + Steps().Matches(output).Max(step => int.Parse(step.Groups[1].ValueSpan, null));

        Assert.Equal(0, await program.Run("train", "--resume", Run, "--max_steps", $"{steps}"));

        Assert.Contains($"Done: {steps} images in {steps} steps.", program.Output);
        Assert.Equal(
            Enumerable.Range(1, steps).Select(step => $"{{\"step\":{step},"),
            File.ReadLines(program.File("run/metrics.jsonl")).Select(line => line[..(line.IndexOf(',') + 1)]));
    }

    [Fact]
    public async Task A_disk_that_is_full_ends_the_run_in_one_line_and_leaves_the_last_checkpoint()
    {
        Assert.Equal(0, await program.Run([.. Train, "--max_steps", "3"]));
        byte[] checkpoint = File.ReadAllBytes(new RunFolder(Run).CheckpointPath);

        // No file may become larger than 8 KiB, which is the error of a full disk without its cause. The runtime's own
        // files are let off by the two switches. The shell would complain of a locale that is not installed.
        var start = new ProcessStartInfo("bash", ["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "bash", "dotnet", ProgramFile, "train", "--resume", Run, "--max_steps", "9"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_EnableDiagnostics"] = "0", ["LC_ALL"] = "C" },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 1, await output + error);
        Assert.StartsWith($"error: Cannot save the run in {Run} (", error);
        Assert.EndsWith($"The last checkpoint is kept; make room and go on with --resume {Run}.\n", error);
        Assert.Equal(1, error.Count(character => character == '\n'));
        Assert.Equal(checkpoint, File.ReadAllBytes(new RunFolder(Run).CheckpointPath));
        Assert.Empty(Directory.EnumerateFiles(Run, "*.tmp", SearchOption.AllDirectories));
    }

    public void Dispose() => program.Dispose();

    private static string ProgramFile => typeof(Shell.Application).Assembly.Location;

    private string[] Train =>
    [
        "train", "--data_path", program.File("photos"), "--output_dir", Run,
        "--epochs", "1000000", "--batch_size", "1", "--image_size", "64", "--log_every", "1", "--checkpoint_minutes", "0",
        "--generator_width", "8", "--generator_depth", "1", "--discriminator_width", "8",
    ];

    private async Task<(int Code, string Output)> TrainUntilStep(int step, int signal)
    {
        // A shell's background jobs ignore Ctrl-C, those of nohup a closed terminal, and so would what they start.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,HUP", "dotnet", ProgramFile, .. Train]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = "";
        while (!output.Contains($"\nstep {step}/"))
            output += (await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"It ended early: {output}")) + "\n";
        Assert.Equal(0, Send(process.Id, signal));
        output += await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    [GeneratedRegex("^step ([0-9]+)/", RegexOptions.Multiline)]
    private static partial Regex Steps();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
