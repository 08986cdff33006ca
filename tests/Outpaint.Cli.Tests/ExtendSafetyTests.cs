using Outpaint.Cli.Commands;
using Outpaint.Cli.Commands.Extend;

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
    [InlineData(null, 1, "error: {0}: exists already and is left alone; delete it, or write elsewhere.\n", "")]
    [InlineData("--skip_existing", 0, "", "{0} is there already\n0 of 1 pictures extended into {1}, 1 passed over\n")]
    public async Task A_result_that_another_run_wrote_meanwhile_is_left_alone(string? option, int code, string error, string output)
    {
        using var program = new CommandLine();
        string result = program.File("out/a_outpainted.png"), folder = program.File("out");

        int actual = await program.Run(
            _ => new BlackInpainter { Filling = () => program.Broken("out/a_outpainted.png") },
            ["extend", program.Picture("a.png"), "--weights", program.Weights, "--output_dir", folder, .. option is null ? [] : new[] { option }]);

        Assert.Equal((code, string.Format(error, result), string.Format(output, result, folder)), (actual, program.Error, program.Output));
        Assert.Equal("no picture", File.ReadAllText(result));
        Assert.Equal(["a_outpainted.png"], program.FilesIn("out"));
    }

    [Fact]
    public async Task The_mask_of_another_result_stays()
    {
        using var program = new CommandLine();
        Assert.Equal(0, await program.Extend(program.Picture("photo.jpg"), "--mask_out"));
        byte[] mask = File.ReadAllBytes(program.File("out/photo_outpainted_mask.png"));
        string other = program.Picture("photo.png", 60, 60);

        Assert.Equal(1, await program.Extend(other, "--mask_out"));
        Assert.StartsWith($"error: {other}: {program.File("out/photo_outpainted_mask.png")} is the mask of {program.File("out/photo_outpainted.jpg")};", program.Error);
        Assert.Equal(0, await program.Extend(other, "--overwrite"));

        Assert.Equal(mask, File.ReadAllBytes(program.File("out/photo_outpainted_mask.png")));
    }

    [Theory]
    [InlineData("a_outpainted.png")]
    [InlineData("a_outpainted_mask.png")]
    public async Task A_folder_in_the_place_of_a_result_is_told_before_the_work(string name)
    {
        using var program = new CommandLine();
        Directory.CreateDirectory(program.File("out/" + name));

        Assert.Equal(1, await program.Extend(program.Picture("a.png"), "--mask_out", "--overwrite"));

        Assert.Contains($"{program.File("out/" + name)} is a folder; move it", program.Error);
        Assert.Equal(0, program.ModelsLoaded);
    }

    [Fact]
    public async Task A_link_to_nothing_is_no_finished_result_and_told_before_the_work()
    {
        using var program = new CommandLine();
        Directory.CreateDirectory(program.File("out"));
        File.CreateSymbolicLink(program.File("out/a_outpainted.png"), program.File("nowhere.png"));

        Assert.Equal(1, await program.Extend(program.Picture("a.png"), "--skip_existing"));

        Assert.Contains("is a link to a file that does not exist; delete it.", program.Error);
        Assert.Equal(0, program.ModelsLoaded);
    }

    [Fact]
    public async Task A_picture_is_not_written_over_through_a_linked_folder()
    {
        using var program = new CommandLine();
        string photo = program.Picture("real/a.png");
        Directory.CreateSymbolicLink(program.File("link"), program.File("real"));
        byte[] before = File.ReadAllBytes(photo);

        int code = await program.Run("extend", photo, "--weights", program.Weights, "--output", program.File("link/a.png"), "--overwrite");

        Assert.Equal(2, code);
        Assert.Contains("which is to be extended itself", program.Error);
        Assert.Equal(before, File.ReadAllBytes(photo));
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("real/b.png")] // a link that leads to a.png
    public async Task A_picture_that_was_named_by_a_link_is_not_written_over(string output)
    {
        using var program = new CommandLine();
        string photo = program.Picture("a.png"), link = program.File("links/c.png");
        Directory.CreateDirectory(program.File("real"));
        Directory.CreateSymbolicLink(program.File("links"), "real");
        File.CreateSymbolicLink(program.File("real/b.png"), "../a.png");
        File.CreateSymbolicLink(link, "b.png");
        byte[] before = File.ReadAllBytes(photo);

        int code = await program.Run("extend", link, "--weights", program.Weights, "--output", program.File(output), "--overwrite");

        Assert.Equal((2, $"error: {link} would be written to {program.File(output)}, which is to be extended itself; give another --output.\n"), (code, program.Error));
        Assert.Equal(before, File.ReadAllBytes(photo));
    }

    [Fact]
    public async Task A_picture_that_was_named_by_a_link_is_not_written_over_in_a_folder_of_results()
    {
        using var program = new CommandLine();
        string photo = program.Picture("out/p_outpainted.png"), link = program.File("out/links/p.png");
        Directory.CreateDirectory(program.File("out/links"));
        File.CreateSymbolicLink(link, "../p_outpainted.png");
        byte[] before = File.ReadAllBytes(photo);

        Assert.Equal(2, await program.Extend(link, "--overwrite"));

        Assert.Equal(before, File.ReadAllBytes(photo));
    }

    [Fact]
    public async Task Links_that_lead_in_a_circle_fail_and_the_others_go_on()
    {
        using var program = new CommandLine();
        File.CreateSymbolicLink(program.File("a.png"), "b.png");
        File.CreateSymbolicLink(program.File("b.png"), "a.png");

        Assert.Equal(1, await program.Extend(program.File("a.png"), program.Picture("c.png")));

        Assert.Equal(["c_outpainted.png"], program.FilesIn("out"));
    }
}
