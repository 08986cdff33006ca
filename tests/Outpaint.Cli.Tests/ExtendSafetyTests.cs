using Outpaint.Cli.Commands;

namespace Outpaint.Cli.Tests;

/// <summary>What happens to files that are there already, and to those of runs that did not end well.</summary>
public sealed class ExtendSafetyTests
{
    [Fact]
    public async Task Where_a_picture_cannot_be_written_no_mask_is_left()
    {
        using var program = new CommandLine();
        string photo = program.Picture("a.png");
        Directory.CreateDirectory(program.File("out/a_outpainted.png"));

        Assert.Equal(1, await program.Extend(photo, "--mask_out"));

        Assert.Empty(program.FilesIn("out"));
    }

    [Fact]
    public async Task A_mask_without_its_picture_is_not_in_the_way()
    {
        using var program = new CommandLine();
        program.Broken("out/a_outpainted_mask.png");

        Assert.Equal(0, await program.Extend(program.Picture("a.png"), "--mask_out"));

        Assert.Equal((60, 36), program.SizeOf("out/a_outpainted.png"));
        Assert.Equal((60, 36), program.SizeOf("out/a_outpainted_mask.png"));
    }

    [Fact]
    public async Task A_mask_beside_a_named_file_may_be_the_users_own_and_is_in_the_way()
    {
        using var program = new CommandLine();
        string mask = program.Broken("wide_mask.png");

        Assert.Equal(1, await program.Run("extend", program.Picture("a.png"), "--weights", program.Weights, "--output", program.File("wide.png"), "--mask_out"));

        Assert.StartsWith($"error: {mask} exists already", program.Error);
        Assert.Equal("no picture", File.ReadAllText(mask));
    }

    [Fact]
    public void A_mask_that_is_replaced_is_gone_before_the_new_one_is_written()
    {
        var options = new ExtendOptions { OutputDir = "out", Overwrite = true, MaskOut = true };

        ExtendJob job = ExtendJob.For(new InputPicture("a.png", "a.png"), options).Single();

        Assert.Equal((job.Mask, "out/a_outpainted_mask.png"), (job.OldMask, job.Mask));
    }

    [Fact]
    public async Task What_a_killed_run_left_is_deleted_when_its_result_is_written()
    {
        using var program = new CommandLine();
        string left = program.Broken($"out/a_outpainted.png.{Guid.NewGuid():N}.tmp"), ofMask = program.Broken($"out/a_outpainted_mask.png.{Guid.NewGuid():N}.tmp");
        string other = program.Broken($"out/b_outpainted.png.{Guid.NewGuid():N}.tmp");

        Assert.Equal(0, await program.Extend(program.Picture("a.png"), "--mask_out"));

        Assert.Equal(["a_outpainted.png", "a_outpainted_mask.png", Path.GetFileName(other)], program.FilesIn("out"));
    }

    [Theory]
    [InlineData]
    [InlineData("--skip_existing")]
    public async Task A_result_that_another_run_wrote_meanwhile_is_left_alone(params string[] options)
    {
        using var program = new CommandLine();
        string result = program.File("out/a_outpainted.png");

        int code = await program.Run(
            _ => new BlackInpainter { Filling = () => program.Broken("out/a_outpainted.png") },
            ["extend", program.Picture("a.png"), "--weights", program.Weights, "--output_dir", program.File("out"), .. options]);

        Assert.Equal((1, $"error: {result}: exists already and is left alone; delete it, or write elsewhere.\n"), (code, program.Error));
        Assert.Equal("no picture", File.ReadAllText(result));
        Assert.Equal(["a_outpainted.png"], program.FilesIn("out"));
    }

    [Fact]
    public async Task A_link_to_nothing_is_no_finished_result()
    {
        using var program = new CommandLine();
        Directory.CreateDirectory(program.File("out"));
        File.CreateSymbolicLink(program.File("out/a_outpainted.png"), program.File("gone.png"));

        Assert.Equal(1, await program.Extend(program.Picture("a.png"), "--skip_existing"));

        Assert.Contains("a_outpainted.png: exists already and is left alone", program.Error);
    }
}
