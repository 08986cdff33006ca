using System.Diagnostics;
using System.Runtime.InteropServices;
using Outpaint.Training;

namespace Outpaint.Cli.Tests;

/// <summary>What happens to a run in a process of its own when a signal ends it.</summary>
public sealed partial class TrainSignalTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;

    private readonly CommandLine program = new();

    public TrainSignalTests() => program.Picture("photos/a.png", 64, 64);

    private string Run => program.File("run");

    [Fact]
    public async Task Ctrl_C_finishes_the_step_saves_and_says_how_to_go_on()
    {
        (int code, string output) = await TrainUntilStep(3, Interrupt);

        Assert.Equal(130, code);
        Assert.Matches($@"\nStopped and saved after \d+ steps\. Go on with: outpaint train --resume {Run}\n$", output);
        Assert.True(File.Exists(new RunFolder(Run).CheckpointPath));
        Assert.Contains("\"exit_code\": 130", File.ReadAllText(program.File("run/run.json")));
    }

    [Fact]
    public async Task A_run_that_was_killed_goes_on_from_its_last_checkpoint()
    {
        await TrainUntilStep(10, Kill); // a checkpoint after every step: it dies in one, like as not

        Assert.Equal(0, await program.Run("train", "--resume", Run, "--max_steps", "100"));

        Assert.Contains("Done: 100 images in 100 steps.", program.Output);
        Assert.Equal(
            Enumerable.Range(1, 100).Select(step => $"{{\"step\":{step},"),
            File.ReadLines(program.File("run/metrics.jsonl")).Select(line => line[..(line.IndexOf(',') + 1)]));
    }

    public void Dispose() => program.Dispose();

    private async Task<(int Code, string Output)> TrainUntilStep(int step, int signal)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            typeof(Shell.Application).Assembly.Location, "train", "--data_path", program.File("photos"), "--output_dir", Run,
            "--epochs", "1000000", "--batch_size", "1", "--image_size", "64", "--log_every", "1", "--checkpoint_minutes", "0",
            "--generator_width", "8", "--generator_depth", "1", "--discriminator_width", "8",
        ])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = "";
        while (!output.Contains($"\nstep {step}/"))
            output += (await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"It ended early: {output}")) + "\n";
        Assert.Equal(0, Send(process.Id, signal));
        output += await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
