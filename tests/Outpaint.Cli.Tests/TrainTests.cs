using System.ComponentModel.DataAnnotations;
using Outpaint.Imaging;
using Outpaint.Training;

namespace Outpaint.Cli.Tests;

public sealed class TrainTests
{
    private static readonly string[] Tiny =
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
        Assert.Matches(@"^Training 0\.\d million parameters on cpu in fp32: 2 steps of 2, run folder ", lines[2]);
        Assert.Contains("--vgg_weights", lines[3]);
        Assert.Matches(@"^step 1/2  [\d.]+ images/s  .* left  waiting \d+%  .*patch_discriminator \d\.\d{3}", lines[4]);
        Assert.StartsWith("step 2/2", lines[5]);
        Assert.Equal($"Done: 4 images in 2 steps. The generator is {program.File("run/generator.safetensors")}", lines[6]);
        Assert.True(File.Exists(program.File("run/generator.safetensors")));
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
        Assert.StartsWith("error: 10 cannot be read and are left out, the first: broken0.jpg: ", program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
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
        Assert.Matches(@"^error: Training diverged at step \d+: .* did not help 3 times\. .* resume from it with a lower --lr than 1\.\n$", program.Error);
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
    public async Task Validation_figures_stand_in_the_progress_and_the_best_generator_needs_networks()
    {
        using CommandLine program = WithPhotos();
        string photos = program.File("photos");
        program.Broken("unseen/a.jpg");
        File.Copy(program.File("photos/a.png"), program.File("unseen/b.png"));

        int code = await program.Run(
            ["train", "--data_path", photos, "--val_path", program.File("unseen"), "--validate_every", "4", "--output_dir", program.File("run"), .. Tiny]);

        Assert.Equal(0, code);
        Assert.Contains("\n1 validation photos\n", program.Output);
        Assert.StartsWith("error: 1 cannot be read and are left out, the first: a.jpg: ", program.Error);
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

    [Theory]
    [InlineData(1, "There is nothing to train on; name a folder of images or tar shards with --data_path.", "--seed", "1")]
    [InlineData(1, "--image_size is 100; it must be a multiple of 8, such as 128 or 192.", "--data_path", "x", "--image_size", "100")]
    [InlineData(2, "@none.args: no such file; check the path.", "@none.args")]
    [InlineData(2, "--image_size is 32; it must be at least 64.", "--image_size", "32")]
    [InlineData(2, "--beta1 is 1; it must be below 1.", "--beta1", "1")]
    [InlineData(2, "--lr is 0; it must be above 0.", "--lr", "0")]
    [InlineData(2, "--max_steps is 0; it must be at least 1.", "--max_steps", "0")]
    [InlineData(2, "--device is 'gpu'; it must be auto, cpu or cuda.", "--device", "gpu")]
    [InlineData(2, "--device is '7'; it must be auto, cpu or cuda.", "--device", "7")]
    [InlineData(2, "--precision is 'fp16'; it must be auto, fp32 or bf16.", "--precision", "fp16")]
    [InlineData(2, "--epochs cannot be 'many'. Run 'outpaint train --help' for what it takes.", "--epochs", "many")]
    public async Task What_cannot_be_is_one_line_that_says_what_can(int expectedCode, string message, params string[] arguments)
    {
        using var program = new CommandLine();

        int code = await program.Run(["train", "--output_dir", program.File("run"), .. arguments]);

        Assert.Equal((expectedCode, $"error: {message}\n"), (code, program.Error));
        Assert.False(Directory.Exists(program.File("run")));
    }

    [Fact]
    public async Task Resuming_where_there_is_no_run_is_one_line()
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Run("train", "--resume", program.File("none")));

        Assert.StartsWith($"error: Cannot resume from {program.File("none")}: ", program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
        Assert.False(Directory.Exists(program.File("none")));
    }

    [Fact]
    public async Task Help_lists_every_option_with_its_default()
    {
        using var program = new CommandLine();

        Assert.Equal(0, await program.Run("train", "--help"));

        string flowing = string.Join(' ', program.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        int options = typeof(TrainingOptions).GetProperties().Count(property => property.IsDefined(typeof(DisplayAttribute), false));
        Assert.Equal(options, program.Output.Split('\n').Count(line => line.StartsWith("  --")));
        foreach (string fact in new[]
        {
            "--data_path DIR|TAR", "--val_path DIR|TAR", "--resume [DIR]", "--vgg_weights FILE", "--wandb_project NAME",
            "Photos per step. [default: 32]", "Passes over the photos. [default: 100]", "for generator and discriminators. [default: 0.0002]",
            "a multiple of 8. [default: 192]", "[default: runs/outpaint]", "[default: auto]", "first moment. [default: 0.5]", "second moment. [default: 0.999]",
        })
            Assert.Contains(fact, flowing);
        Assert.All(program.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    private static CommandLine WithPhotos()
    {
        var program = new CommandLine();
        program.Picture("photos/a.png", 70, 64);
        program.Picture("photos/b.png", 64, 80);
        return program;
    }
}
