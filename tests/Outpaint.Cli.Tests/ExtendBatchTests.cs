using System.Text.Json;
using Outpaint.Cli.Commands;
using Outpaint.Inference;
using Outpaint.Tests.Imaging;

namespace Outpaint.Cli.Tests;

public sealed class ExtendBatchTests
{
    [Theory]
    [InlineData("out/a.png", "out/a_outpainted.png", "to be extended itself")]
    [InlineData("a.png", "out/a_outpainted_mask.png", "--overwrite deletes it")]
    public async Task Results_that_would_hit_a_source_are_refused_before_anything_is_written(string first, string second, string reason)
    {
        using var program = new CommandLine();

        int code = await program.Extend(program.Picture("good.png"), program.Picture(first), program.Picture(second), "--overwrite");

        Assert.Equal((2, 0), (code, program.ModelsLoaded));
        Assert.Contains(reason, program.Error);
        Assert.False(File.Exists(program.File("out/good_outpainted.png")));
    }

    [Fact]
    public async Task A_dry_run_prints_what_would_be_written_and_writes_nothing()
    {
        using var program = new CommandLine();
        string photo = program.Picture("photos/a.png", 40, 24), broken = program.Broken("photos/b.jpg");

        int code = await program.Extend(program.File("photos"), "--left", "50%", "--mask_out", "--dry_run");

        Assert.Equal((1, 0), (code, program.ModelsLoaded));
        Assert.Equal(
            $"{photo} (40 x 24 pixels) -> {program.File("out/a_outpainted.png")}, {program.File("out/a_outpainted_mask.png")} (60 x 24 pixels)\n",
            program.Output);
        Assert.StartsWith("error: " + broken, program.Error);
        Assert.False(Directory.Exists(program.File("out")));
    }

    [Fact]
    public async Task A_dry_run_tells_of_weights_that_are_missing()
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Run("extend", program.Picture("a.png"), "--dry_run", "--weights", program.File("none.safetensors"), "--output_dir", program.File("out")));

        Assert.Equal(("", $"error: --weights is {program.File("none.safetensors")}, which does not exist; check the path.\n"), (program.Output, program.Error));
    }

    [Fact]
    public async Task A_dry_run_tells_of_a_feather_that_is_too_wide()
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Extend(program.Picture("a.png", 40, 24), "--feather", "10", "--dry_run"));

        Assert.Contains("a.png: a feather of 10 pixels", program.Error);
    }

    [Fact]
    public async Task A_dry_run_tells_of_colours_that_cannot_be_extended()
    {
        using var program = new CommandLine();
        string sixBands = program.File("satellite.tif");
        File.WriteAllBytes(sixBands, TiffFile.Encode(20, 10, 6, 8, TiffFile.MinIsBlack, new byte[20 * 10 * 6]));

        Assert.Equal(1, await program.Extend(sixBands, "--dry_run"));

        Assert.Contains("satellite.tif: its colour format cannot be extended", program.Error);
    }

    [Fact]
    public async Task A_single_picture_that_is_done_is_said_to_be_passed_over()
    {
        using var program = new CommandLine();
        string photo = program.Picture("a.png");
        await program.Extend(photo);

        Assert.Equal(0, await program.Extend(photo, "--skip_existing"));

        Assert.EndsWith($"0 of 1 pictures extended into {program.File("out")}, 1 passed over\n", program.Output);
    }

    [Fact]
    public async Task Masks_that_are_missing_are_made_although_the_results_exist()
    {
        using var program = new CommandLine();
        string photo = program.Picture("a.png");
        await program.Extend(photo);
        byte[] retouched = File.ReadAllBytes(program.Picture("out/a_outpainted.png", 60, 36, brightness: 99));

        Assert.Equal(0, await program.Extend(photo, "--skip_existing", "--mask_out"));

        Assert.Equal(["a_outpainted.png", "a_outpainted_mask.png"], program.FilesIn("out"));
        Assert.Equal(retouched, File.ReadAllBytes(program.File("out/a_outpainted.png")));
        Assert.EndsWith($"{program.File("out/a_outpainted_mask.png")} (60 x 36 pixels)\n", program.Output);
    }

    [Theory]
    [InlineData]
    [InlineData("--dry_run")]
    public async Task No_mask_is_made_for_a_result_of_another_size(params string[] options)
    {
        using var program = new CommandLine();
        string photo = program.Picture("a.png"), result = program.Picture("out/a_outpainted.png", 80, 80);

        Assert.Equal(1, await program.Extend([photo, "--skip_existing", "--mask_out", .. options]));

        Assert.Equal(["a_outpainted.png"], program.FilesIn("out"));
        Assert.StartsWith($"error: {result}: has 80 x 80 pixels, not the 60 x 36 asked for; give --overwrite", program.Error);
        Assert.Empty(program.Output);
    }

    [Fact]
    public async Task A_result_that_is_replaced_leaves_no_mask_of_another_behind()
    {
        using var program = new CommandLine();
        string photo = program.Picture("a.png");
        await program.Extend(photo, "--size", "80x80", "--mask_out");

        Assert.Equal(0, await program.Extend(photo, "--overwrite"));

        Assert.Equal(["a_outpainted.png"], program.FilesIn("out"));
        Assert.Equal((60, 36), program.SizeOf("out/a_outpainted.png"));
    }

    [Fact]
    public async Task A_dry_run_can_be_stopped()
    {
        using var program = new CommandLine();

        int code = await program.Run(
            _ => new BlackInpainter(), new CancellationToken(canceled: true), "extend", "--dry_run", "--output_dir", program.File("out"), program.Picture("a.png"));

        Assert.Equal((130, ""), (code, program.Output));
    }

    [Fact]
    public async Task A_batch_that_was_stopped_goes_on_where_it_was()
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png");
        program.Picture("photos/b.png");
        string finished = program.Broken("out/a_outpainted.png"); // anything: it is not looked into
        program.Broken("out/a_outpainted_mask.png");
        program.Broken("out/b_outpainted_mask.png"); // the mask was written, then the program was stopped

        int code = await program.Extend(program.File("photos"), "--skip_existing", "--mask_out");

        Assert.Equal((0, ""), (code, program.Error));
        Assert.Equal("no picture", File.ReadAllText(finished));
        Assert.Equal((60, 36), program.SizeOf("out/b_outpainted.png"));
        Assert.Equal((60, 36), program.SizeOf("out/b_outpainted_mask.png"));
        Assert.Contains("1 of 2 pictures extended", program.Output);
        Assert.Contains("1 passed over", program.Output);
    }

    [Fact]
    public async Task The_report_tells_what_became_of_each_picture()
    {
        using var program = new CommandLine();
        string photo = program.Picture("photos/a.png", 40, 24), broken = program.Broken("photos/b.jpg"), large = program.Picture("photos/c.png", 70, 24);

        await program.Extend(program.File("photos"), "--size", "60x30", "--report", program.File("report.json"));

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(program.File("report.json")));
        JsonElement root = report.RootElement;
        Assert.Equal((1, 0, 2), (root.GetProperty("extended").GetInt32(), root.GetProperty("skipped").GetInt32(), root.GetProperty("failed").GetInt32()));
        JsonElement[] pictures = [.. root.GetProperty("pictures").EnumerateArray()];
        Assert.Equal([photo, broken, large], pictures.Select(picture => picture.GetProperty("input").GetString()));
        Assert.Equal(["extended", "failed", "failed"], pictures.Select(picture => picture.GetProperty("status").GetString()));
        Assert.Equal(program.File("out/a_outpainted.png"), pictures[0].GetProperty("output").GetString());
        Assert.True(pictures[0].GetProperty("seconds").GetDouble() > 0);
        JsonElement canvas = pictures[0].GetProperty("canvas");
        Assert.Equal(
            [40, 24, 60, 30, 10, 3, 10, 3],
            new[] { "source_width", "source_height", "width", "height", "left", "top", "right", "bottom" }.Select(name => canvas.GetProperty(name).GetInt32()));
        Assert.Contains(broken, pictures[1].GetProperty("error").GetString());
        Assert.Contains("never cropped", pictures[2].GetProperty("error").GetString());
    }

    [Fact]
    public async Task Stopping_leaves_whole_files_only_and_tells_how_far_it_came()
    {
        using var program = new CommandLine();
        for (int i = 0; i < 5; i++)
            program.Picture($"photos/{i}.png");
        using var stop = new CancellationTokenSource();
        int filled = 0;

        int code = await program.Run(
            _ => new BlackInpainter { Filling = () => { lock (stop) { if (++filled == 3) stop.Cancel(); } } }, stop.Token,
            "extend", "--weights", program.Weights, "--output_dir", program.File("out"), "--report", program.File("report.json"), program.File("photos"));

        Assert.Equal((130, "stopped." + Environment.NewLine), (code, program.Error));
        string[] written = program.FilesIn("out");
        Assert.Equal(written.Length, program.Output.Split('\n').Count(line => line.StartsWith('[')));
        Assert.InRange(written.Length, 0, 2);
        Assert.All(written, name => Assert.Equal((60, 36), program.SizeOf("out/" + name)));
        Assert.Contains($"\"pending\": {5 - written.Length}", File.ReadAllText(program.File("report.json")));
        Assert.Contains("not reached", program.Output);
    }

    [Fact]
    public async Task As_many_pictures_are_filled_at_a_time_as_this_machine_has_room_for()
    {
        const int Pictures = 6;
        using var program = new CommandLine();
        for (int i = 0; i < Pictures; i++)
            program.Picture($"photos/{i}.png");
        int inside = 0, most = 0, expected = MemoryGate.AtATime(Pictures, Environment.ProcessorCount, MemoryGate.MachineLimit);
        using var allInside = new CountdownEvent(expected);

        int code = await program.Run(
            _ => new BlackInpainter
            {
                Filling = () =>
                {
                    lock (program)
                    {
                        most = Math.Max(most, ++inside);
                        if (!allInside.IsSet)
                            allInside.Signal();
                    }
                    allInside.Wait(TimeSpan.FromSeconds(30));
                    lock (program)
                        inside--;
                },
            },
            "extend", "--weights", program.Weights, "--output_dir", program.File("out"), program.File("photos"));

        Assert.Equal((0, expected), (code, most));
    }

    [Fact]
    public async Task A_defect_in_one_picture_does_not_stop_the_others()
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png");
        program.Picture("photos/b.png");
        int filled = 0;

        int code = await program.Run(
            _ => new BlackInpainter { Filling = () => { if (Interlocked.Increment(ref filled) == 1) throw new InvalidOperationException("oops"); } },
            "extend", "--weights", program.Weights, "--output_dir", program.File("out"), program.File("photos"));

        Assert.Equal(1, code);
        Assert.Contains("1 of 2 pictures extended", program.Output);
        Assert.Contains("oops", program.Error);
    }
}
