using System.ComponentModel.DataAnnotations;
using Outpaint.Training;

namespace Outpaint.Cli.Tests;

public sealed class TrainOptionTests
{
    [Theory]
    [InlineData(2, "There is nothing to train on; name a folder of images or tar shards with --data_path.", "--seed", "1")]
    [InlineData(2, "--image_size is 100; it must be a multiple of 8, such as 128 or 192.", "--data_path", "x", "--image_size", "100")]
    [InlineData(2, "--generator_width is 9; it must be a multiple of 8, such as 64.", "--data_path", "x", "--generator_width", "9")]
    [InlineData(2, "--crop_scale_min is 2; it must be at most --crop_scale_max, which is 1.5.", "--data_path", "x", "--crop_scale_min", "2")]
    [InlineData(2, "--lr_decay_end is 5; it must be above --lr_decay_start, which is 9.", "--data_path", "x", "--lr_schedule", "cosine", "--lr_decay_start", "9", "--lr_decay_end", "5")]
    [InlineData(1, "--vgg_weights is nope, which does not exist; check the path.", "--data_path", "x", "--vgg_weights", "nope")]
    [InlineData(2, "@none.args: no such file; check the path.", "@none.args")]
    [InlineData(2, "--image_size is 32; it must be at least 64.", "--image_size", "32")]
    [InlineData(2, "--beta1 is 1; it must be below 1.", "--beta1", "1")]
    [InlineData(2, "--lr is 0; it must be above 0.", "--lr", "0")]
    [InlineData(2, "--max_steps is 0; it must be at least 1.", "--max_steps", "0")]
    [InlineData(2, "--device is 'gpu'; it must be auto, cpu or cuda.", "--device", "gpu")]
    [InlineData(2, "--device is '7'; it must be auto, cpu or cuda.", "--device", "7")]
    [InlineData(2, "--precision is 'fp16'; it must be auto, fp32 or bf16.", "--precision", "fp16")]
    [InlineData(2, "--epochs is 'many'; it must be a whole number of at most 2147483647. Run 'outpaint train --help' for what it takes.", "--epochs", "many")]
    [InlineData(2, "--lr is given 2 times; give it once. Run 'outpaint train --help' for what it takes.", "--lr", "1e-4", "--lr=2e-4")]
    [InlineData(2, "--lpips_weights is for validation; name photos to validate on with --val_path.", "--data_path", "x", "--lpips_weights", "l")]
    [InlineData(2, "--inception_weights is for validation; name photos to validate on with --val_path.", "--data_path", "x", "--inception_weights", "i")]
    [InlineData(2, "--resnet_dilated changes the network of --resnet_weights, which names no file.", "--data_path", "x", "--resnet_dilated")]
    [InlineData(2, "--lr_decay_start and --lr_decay_end are for --lr_schedule cosine, which is not given.", "--data_path", "x", "--lr_decay_end", "9")]
    [InlineData(2, "--resume and --init_weights contradict each other: a run that goes on has weights of its own; leave one out.", "--resume", "--init_weights", "w")]
    [InlineData(1, "--resnet_weights is ., which is a folder; name a weights file in it.", "--data_path", "x", "--resnet_weights", ".")]
    [InlineData(1, "nowhere: no such file or folder; check the path.", "--data_path", "nowhere")]
    public async Task What_cannot_be_is_one_line_that_says_what_can(int expectedCode, string message, params string[] arguments)
    {
        using var program = new CommandLine();

        int code = await program.Run(["train", "--output_dir", program.File("run"), .. arguments]);

        Assert.Equal((expectedCode, $"error: {message}\n"), (code, program.Error));
        Assert.False(Directory.Exists(program.File("run")));
    }

    [Fact]
    public async Task A_run_that_goes_on_stays_in_its_folder()
    {
        using var program = new CommandLine();

        Assert.Equal(2, await program.Run("train", "--resume", program.File("a"), "--output_dir", program.File("b")));

        Assert.StartsWith($"error: --resume {program.File("a")} and --output_dir {program.File("b")} contradict each other", program.Error);
    }

    [Theory]
    [InlineData("trian", "there is no command 'trian'. Did you mean train? Run 'outpaint --help' for what it takes.")]
    [InlineData("inferense", "there is no command 'inferense'. Did you mean inference? Run 'outpaint --help' for what it takes.")]
    [InlineData("paint", "there is no command 'paint'. Run 'outpaint --help' for what it takes.")]
    public async Task A_command_that_does_not_exist_is_answered_with_the_one_that_was_meant(string command, string message)
    {
        using var program = new CommandLine();

        Assert.Equal(2, await program.Run(command));

        Assert.Equal($"error: {message}\n", program.Error);
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
}
