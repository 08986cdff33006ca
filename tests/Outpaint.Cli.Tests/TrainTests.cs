using System.Runtime.Versioning;
using Outpaint.Imaging;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Cli.Tests;

public sealed class TrainTests
{
    internal static readonly string[] Tiny =
    [
        "--image_size", "64", "--batch_size", "2", "--max_steps", "2", "--log_every", "1", "--generator_width", "8", "--generator_depth", "1",
        "--discriminator_width", "8", "--device", "cpu", "--precision", "fp32",
    ];

    [Fact]
    public async Task A_run_says_what_it_does_and_where_the_generator_is()
    {
        using CommandLine program = WithPhotos();

        int code = await program.Run(["train", "--data_path", program.File("photos"), "--output_dir", program.File("run"), .. Tiny]);

        Assert.Equal((0, ""), (code, program.Error));
        string[] lines = program.Output.TrimEnd().Split('\n');
        Assert.Equal("Reading the training photos...", lines[0]);
        Assert.Equal("2 training photos", lines[1]);
        Assert.Matches(@"^Training 0\.0\d+ million parameters on cpu in fp32: 2 steps of 2, run folder ", lines[2]);
        Assert.Contains("--vgg_weights", lines[3]);
        Assert.Matches(@"^step 1/2  [\d.]+ images/s  .* left  waiting \d+%  .*patch_discriminator \d\.\d{3}", lines[4]);
        Assert.StartsWith("step 2/2", lines[5]);
        Assert.Equal($"Done: 4 images in 2 steps. The generator is {program.File("run/generator.safetensors")}", lines[6]);
        Assert.True(File.Exists(program.File("run/generator.safetensors")));
    }

    [Fact]
    public async Task A_terminal_that_is_closed_while_the_program_starts_ends_it()
    {
        using CommandLine program = WithPhotos();

        int code = await program.Run(
            _ => new BlackInpainter(), new CancellationToken(canceled: true), ["train", "--data_path", program.File("photos"), "--output_dir", program.File("run"), .. Tiny]);

        Assert.Equal((130, "stopped.\n"), (code, program.Error));
        Assert.DoesNotContain("step 1/2", program.Output);
    }

    [Fact]
    public async Task Broken_photos_are_left_out_and_reported_in_one_line()
    {
        using CommandLine program = WithPhotos();
        for (int i = 0; i < 10; i++)
            program.Broken($"photos/broken{i}.jpg");

        int code = await program.Run(["train", "--data_path", program.File("photos"), "--output_dir", program.File("run"), .. Tiny]);

        Assert.Equal(0, code);
        Assert.Contains("\n2 training photos\n", program.Output);
        Assert.StartsWith("warning: 10 training photos left out (left_out_training_photos.txt in the run's folder) that cannot be read, the first: broken0.jpg: ", program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
        string[] list = File.ReadAllLines(program.File("run/left_out_training_photos.txt"));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"broken{i}.jpg"), list.Select(line => line.Split(':')[0]));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Subfolders_that_may_not_be_read_are_left_out_and_reported_in_one_line()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may read everything.");
        using CommandLine program = WithPhotos();
        program.Picture("unseen/c.png", 64, 64);
        string[] locked = [program.File("photos/aa"), program.File("unseen/locked")];
        foreach (string folder in locked)
            Directory.CreateDirectory(folder, UnixFileMode.None);

        int code = await program.Run(
            ["train", "--data_path", program.File("photos"), "--val_path", program.File("unseen"), "--output_dir", program.File("run"), .. Tiny]);
        foreach (string folder in locked)
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal(
            (0, $"warning: 2 folders left out (left_out_folders.txt in the run's folder) that cannot be read, the first: {locked[0]}: cannot be read (Access to the path '{locked[0]}' is denied); check its permissions.\n"),
            (code, program.Error));
        Assert.Contains("\n2 training photos\n1 validation photo\n", program.Output);
        Assert.Equal(locked, File.ReadLines(program.File("run/left_out_folders.txt")).Select(line => line.Split(':')[0]));
    }

    [Fact]
    public async Task An_absurd_learning_rate_is_tried_at_lower_ones_and_given_up_in_one_line()
    {
        using CommandLine program = WithPhotos();
        // Plain pictures are too easy: at any rate the output now and then stays near them.
        var noise = new RgbImage(80, 72);
        new Random(1).NextBytes(noise.Pixels);
        Photo.SavePng(noise, program.File("photos/a.png"));
        Photo.SavePng(noise, program.File("photos/b.png"));
        string[] longer = [.. Tiny.Select((word, i) => i > 0 && Tiny[i - 1] == "--max_steps" ? "100" : word)];

        int code = await program.Run(["train", "--data_path", program.File("photos"), "--output_dir", program.File("run"), .. longer, "--lr", "1"]);

        Assert.Equal(1, code);
        Assert.Equal(3, program.Output.Split('\n').Count(line => line.StartsWith("Training diverged at step ") && line.Contains("Going on from step 0 at 0.")));
        Assert.Matches(@"^error: Training diverged at step \d+: .* did not help 3 times\. .* resume from it with a lower --lr than 0\.125\.\n$", program.Error);
    }

    [Fact]
    public async Task Options_may_come_from_a_file()
    {
        using CommandLine program = WithPhotos();
        File.WriteAllText(program.File("tiny.args"), "# A run that takes a second.\n" + string.Join(' ', Tiny).Replace(" --", "\n--") + $"\n--data_path {program.File("my photos")}");

        Directory.Move(program.File("photos"), program.File("my photos"));

        int code = await program.Run("train", "--output_dir", program.File("run"), "@" + program.File("tiny.args"));

        Assert.Equal((0, ""), (code, program.Error));
        Assert.Equal(8, RunFolder.ReadConfig(program.File("run")).GeneratorWidth);
    }

    [Fact]
    public async Task What_the_command_line_gives_itself_counts_instead_of_the_files()
    {
        using CommandLine program = WithPhotos();
        File.WriteAllText(program.File("tiny.args"), string.Join(' ', Tiny).Replace(" --", "\n--") + "\n--data_path nowhere\n--seed 3");

        int code = await program.Run("train", "@" + program.File("tiny.args"), "--data-path=" + program.File("photos"), "--output_dir", program.File("run"), "--max_steps", "1");

        Assert.Equal((0, ""), (code, program.Error));
        TrainingOptions options = RunFolder.ReadConfig(program.File("run"));
        Assert.Equal((1L, 3, program.File("photos")), (options.MaxSteps, options.Seed, Assert.Single(options.DataPath)));
    }

    [Fact]
    public async Task A_run_that_has_had_all_its_steps_says_so_and_stays_as_it_is()
    {
        using CommandLine program = WithPhotos();
        await program.Run(["train", "--data_path", program.File("photos"), "--output_dir", program.File("run"), .. Tiny]);
        string config = File.ReadAllText(program.File("run/config.json"));

        int code = await program.Run("train", "--resume", program.File("run"), "--max_steps", "1", "--seed", "9");

        Assert.Equal((0, ""), (code, program.Error));
        Assert.EndsWith("Nothing is left to do: the run has had all of its 1 step; raise --epochs or --max_steps.\n", program.Output);
        Assert.Equal(config, File.ReadAllText(program.File("run/config.json")));
    }

    [Fact]
    public async Task Validation_figures_stand_in_the_progress_and_the_best_generator_needs_networks()
    {
        using CommandLine program = WithPhotos();
        string photos = program.File("photos");
        program.Broken("unseen/a.jpg");
        File.Copy(program.File("photos/a.png"), program.File("unseen/b.png"));

        int code = await program.Run(
            ["train", "--data_path", photos, "--val_path", program.File("unseen"), "--validate_every", "4", "--output_dir", program.File("run"), .. Tiny]);

        Assert.Equal(0, code);
        Assert.Contains("\n1 validation photo\n", program.Output);
        Assert.StartsWith("warning: 1 validation photo left out (left_out_validation_photos.txt in the run's folder) that cannot be read, the first: a.jpg: ", program.Error);
        string[] steps = [.. program.Output.Split('\n').Where(line => line.StartsWith("step "))];
        Assert.DoesNotContain("val/", steps[0]);
        Assert.Matches(@"^step 2/2 .*  val/ssim ", steps[1]);
        Assert.False(File.Exists(program.File("run/best.safetensors")));
    }

    [Fact]
    public async Task Options_may_be_spelt_with_dashes()
    {
        using CommandLine program = WithPhotos();
        string[] dashed = [.. Tiny.Select(word => word.StartsWith("--") ? word.Replace('_', '-') : word)];

        int code = await program.Run(["train", "--data-path", program.File("photos"), "--output-dir", program.File("run"), "--wandb-project", "mine", .. dashed]);

        Assert.Equal((0, ""), (code, program.Error));
        Assert.Equal("mine", RunFolder.ReadConfig(program.File("run")).WandbProject);
    }

    [Theory]
    [InlineData("--resume", "{run}")]
    [InlineData("--resume", "{run}/checkpoints/last.safetensors")]
    [InlineData("--resume", "--output_dir", "{run}")]
    public async Task A_run_is_resumed_with_its_own_options_and_those_given_anew(params string[] arguments)
    {
        using CommandLine program = WithPhotos();
        await program.Run(["train", "--data_path", program.File("photos"), "--output_dir", program.File("run"), .. Tiny]);

        string[] resume = [.. arguments.Select(argument => argument.Replace("{run}", program.File("run")))];
        int code = await program.Run(["train", "--max_steps", "3", .. resume]);

        Assert.Equal((0, ""), (code, program.Error));
        Assert.Contains("Done: 6 images in 3 steps.", program.Output);
        TrainingOptions config = RunFolder.ReadConfig(program.File("run"));
        Assert.Equal((64, 3, program.File("run")), (config.ImageSize, config.MaxSteps, config.OutputDir));
    }

    [Fact]
    public async Task An_earlier_run_is_not_written_over()
    {
        using CommandLine program = WithPhotos();
        string[] command = ["train", "--data_path", program.File("photos"), "--output_dir", program.File("run"), .. Tiny];
        await program.Run(command);

        int code = await program.Run(command);

        Assert.Equal(
            (1, $"error: {program.File("run")} holds a run already; continue it with --resume, or name another folder with --output_dir.\n"),
            (code, program.Error));
    }

    private static CommandLine WithPhotos()
    {
        var program = new CommandLine();
        program.Picture("photos/a.png", 70, 64);
        program.Picture("photos/b.png", 64, 80);
        return program;
    }
}
