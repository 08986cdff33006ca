using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Outpaint.Testing.Wandb;
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
    public async Task A_second_Ctrl_C_while_the_rest_is_sent_says_how_to_send_it_later()
    {
        using var server = new MockWandb();

        (int code, string output) = await TrainUntilStep(3, Interrupt, server);

        Assert.Equal(130, code);
        Assert.Contains("\nStopped and saved after ", output);
        Assert.Matches($@"\(sending was stopped, the rest is kept on disk\)\. .*; send it later with: wandb sync --include-online {Regex.Escape(Run)}/wandb/run-\S+\n$", output);
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

        string error = await RunOnFullDisk(8, "train", "--resume", Run, "--max_steps", "9");

        Assert.StartsWith($"error: Cannot save the run in {Run} (", error);
        Assert.EndsWith($"The last checkpoint is kept; make room and go on with --resume {Run}.\n", error);
        Assert.Equal(1, error.Count(character => character == '\n'));
        Assert.Equal(checkpoint, File.ReadAllBytes(new RunFolder(Run).CheckpointPath));
        Assert.Empty(Directory.EnumerateFiles(Run, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_event_file_that_cannot_be_begun_is_not_left_behind()
    {
        await RunOnFullDisk(0, [.. Train, "--tensorboard"]);

        Assert.True(Directory.Exists(Run));
        Assert.Empty(Directory.EnumerateFiles(Run, "events.out.tfevents*"));
    }

    public void Dispose() => program.Dispose();

    private static string ProgramFile => typeof(Shell.Application).Assembly.Location;

    private string[] Train =>
    [
        "train", "--data_path", program.File("photos"), "--output_dir", Run,
        "--epochs", "1000000", "--batch_size", "1", "--image_size", "64", "--log_every", "1", "--checkpoint_minutes", "0",
        "--generator_width", "8", "--generator_depth", "1", "--discriminator_width", "8",
    ];

    // No file may become larger than so many KiB, which is the error of a full disk without its cause. The runtime's own
    // files are let off by the two switches. The shell would complain of a locale that is not installed.
    private static async Task<string> RunOnFullDisk(int kibibytes, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\"", "bash", "dotnet", ProgramFile, .. arguments])
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
        return error;
    }

    // Where there is a server, it gets the end of the run as the signal comes for the second time, and does not answer.
    private async Task<(int Code, string Output)> TrainUntilStep(int step, int signal, MockWandb? server = null)
    {
        // A shell's background jobs ignore Ctrl-C, those of nohup a closed terminal, and so would what they start.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,HUP", "dotnet", ProgramFile, .. Train]) { RedirectStandardOutput = true };
        if (server is not null)
        {
            start.ArgumentList.Add("--wandb_project=mine");
            (start.Environment["WANDB_BASE_URL"], start.Environment["WANDB_API_KEY"]) = (server.Url, new string('0', 40));
        }
        using Process process = Process.Start(start)!;
        server?.Fault = request =>
        {
            if (request.Json?["exitcode"] is null)
                return null;
            _ = Send(process.Id, signal);
            return ServerFault.Slow;
        };
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
