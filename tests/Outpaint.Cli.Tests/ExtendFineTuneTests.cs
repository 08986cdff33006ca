using Outpaint.Imaging;
using Outpaint.Models;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Cli.Tests;

public sealed class ExtendFineTuneTests
{
    [Fact]
    public async Task Each_picture_is_extended_by_a_generator_of_its_own()
    {
        using var program = new CommandLine();
        string weights = await Train(program);

        int code = await program.Run(
            "extend", program.Picture("a.png", brightness: 90), program.Picture("b.png", brightness: 200), "--weights", weights, "--fine_tune", "1", "--output_dir", program.File("out"));

        Assert.Equal((0, ""), (code, program.Error));
        // The model of these tests fills with black.
        Assert.InRange(Corner("a"), 60, 120);
        Assert.InRange(Corner("b"), 170, 230);

        int Corner(string name)
        {
            using Photo photo = Photo.Load(program.File($"out/{name}_outpainted.png"));
            return photo.ToDeviceRgb().Pixels[0];
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--dry_run")]
    public async Task Without_discriminators_it_is_one_line_before_the_first_picture(params string[] options)
    {
        using var program = new CommandLine();
        string weights = await Train(program);
        File.Delete(program.File("run/" + StartingPoint.DiscriminatorsName));

        int code = await program.Run(["extend", program.Picture("a.png"), "--weights", weights, "--fine_tune", "1", "--output_dir", program.File("out"), .. options]);

        Assert.Equal(1, code);
        Assert.StartsWith($"error: {program.File("run/" + StartingPoint.DiscriminatorsName)}: there is no such file; put ", program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
        Assert.Equal((0, 0), (program.ModelsLoaded, program.FilesIn("out").Length));
    }

    [Fact]
    public async Task A_negative_number_of_steps_is_one_line_that_names_the_option()
    {
        using var program = new CommandLine();

        Assert.Equal(2, await program.Extend(program.Picture("a.png"), "--fine_tune", "-1"));

        Assert.Contains("--fine_tune", program.Error);
    }

    [Fact]
    public void The_built_in_weights_have_their_discriminators_beside_them() => PictureFineTuning.Require(GeneratorFile.BuiltIn);

    private static async Task<string> Train(CommandLine program)
    {
        program.Picture("photos/1.png", 96, 80);
        program.Picture("photos/2.png", 80, 96, 200);
        Assert.Equal(0, await program.Run(["train", "--data_path", program.File("photos"), "--output_dir", program.File("run"), .. TrainTests.Tiny]));
        return program.File("run/generator.safetensors");
    }
}
