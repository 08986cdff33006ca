using System.Text.Json;
using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Cli.Tests;

public sealed class ExtendBatchTests
{
    [Fact]
    public async Task Subfolders_are_searched_on_request_and_the_results_keep_the_tree()
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png");
        program.Picture("photos/2024/a.png");
        program.Picture("photos/2024/06/b.png");
        program.Picture("photos/.trash/c.png");
        Directory.CreateSymbolicLink(program.File("photos/2024/circle"), program.File("photos"));

        Assert.Equal(0, await program.Extend(program.File("photos"), "--recursive"));

        Assert.Equal(["2024/06/b_outpainted.png", "2024/a_outpainted.png", "a_outpainted.png"], program.FilesIn("out"));
    }

    [Fact]
    public async Task Without_the_request_subfolders_are_left_alone()
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png");
        program.Picture("photos/2024/b.png");

        Assert.Equal(0, await program.Extend(program.File("photos")));

        Assert.Equal(["a_outpainted.png"], program.FilesIn("out"));
    }

    [Theory]
    [InlineData("photos/*.png", "a", "b")]
    [InlineData("photos/B*", "b")]
    [InlineData("photos/**/*.PNG", "2024/06/c", "a", "b")]
    [InlineData("photos/*/*/c.png", "2024/06/c")]
    [InlineData("*/a.png", "photos/a")]
    public async Task A_pattern_finds_pictures_by_name(string pattern, params string[] expected)
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png");
        program.Picture("photos/b.png");
        program.Picture("photos/2024/06/c.png");
        program.Broken("photos/b.txt");

        Assert.Equal(0, await program.Extend(program.File(pattern)));

        Assert.Equal(expected.Select(name => name + "_outpainted.png"), program.FilesIn("out"));
    }

    [Theory]
    [InlineData("nothing/*.png", "no picture matches")]
    [InlineData("*.webp", "no picture matches")]
    [InlineData("@empty.txt", "the list is empty")]
    public async Task What_names_no_picture_is_one_line(string input, string reason)
    {
        using var program = new CommandLine();
        File.WriteAllText(program.File("empty.txt"), "\n");

        Assert.Equal(1, await program.Extend(input.StartsWith('@') ? "@" + program.File(input[1..]) : program.File(input)));

        Assert.Contains(reason, program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
    }

    [Fact]
    public async Task A_list_names_files_and_folders_and_one_that_is_missing_stops_no_other()
    {
        using var program = new CommandLine();
        string list = program.File("list.txt");
        File.WriteAllLines(list, [program.Picture("with space.png"), "", program.File("gone.png"), Path.GetDirectoryName(program.Picture("more/b.png"))!]);

        Assert.Equal(1, await program.Extend("@" + list));

        Assert.Equal(["b_outpainted.png", "with space_outpainted.png"], program.FilesIn("out"));
        Assert.Contains("gone.png: no such file", program.Error);
        Assert.Contains("2 of 3 pictures extended", program.Output);
    }

    [Fact]
    public async Task A_list_comes_from_standard_input()
    {
        using var program = new CommandLine();
        program.Input = program.Picture("a.png") + "\n" + program.Picture("b.png") + "\n";

        Assert.Equal(0, await program.Extend("-"));

        Assert.Equal(["a_outpainted.png", "b_outpainted.png"], program.FilesIn("out"));
    }

    [Fact]
    public async Task A_picture_that_is_named_twice_is_extended_once()
    {
        using var program = new CommandLine();
        string photo = program.Picture("photos/a.png");

        Assert.Equal(0, await program.Extend(photo, program.File("photos"), program.File("photos/../photos/a.png")));

        Assert.Equal(1, program.Output.Count(character => character == '\n'));
    }

    [Theory]
    [InlineData("one/a.png", "two/a.png", "both be written to")]
    [InlineData("out/a.png", "out/a_outpainted.png", "to be extended itself")]
    public async Task Results_that_would_hit_each_other_or_a_source_are_refused_before_anything_is_written(string first, string second, string reason)
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
            $"{photo} (40 x 24 pixels) -> {program.File("out/a_outpainted_mask.png")}, {program.File("out/a_outpainted.png")} (60 x 24 pixels)\n",
            program.Output);
        Assert.StartsWith("error: " + broken, program.Error);
        Assert.False(Directory.Exists(program.File("out")));
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
        Assert.Contains("1 there already", program.Output);
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
    public async Task The_mask_is_white_where_pixels_are_new()
    {
        using var program = new CommandLine();

        Assert.Equal(0, await program.Extend(program.Picture("photo.png", 40, 24), "--left", "10", "--bottom", "6", "--mask_out"));

        using Photo mask = Photo.Load(program.File("out/photo_outpainted_mask.png"));
        byte[] pixels = mask.ToRgb().Pixels;
        Assert.Equal((50, 30), (mask.Width, mask.Height));
        for (int i = 0; i < pixels.Length; i++)
            Assert.Equal(i / 3 % 50 >= 10 && i / 3 / 50 < 24 ? 0 : 255, pixels[i]);
    }

    [Fact]
    public async Task A_feather_changes_the_picture_near_its_edge_and_shows_in_the_mask()
    {
        using var program = new CommandLine();

        Assert.Equal(0, await program.Extend(program.Picture("photo.png", 40, 24, brightness: 200), "--right", "10", "--feather", "6", "--mask_out"));

        using Photo result = Photo.Load(program.File("out/photo_outpainted.png")), mask = Photo.Load(program.File("out/photo_outpainted_mask.png"));
        byte[] pixels = result.ToRgb().Pixels, shares = mask.ToRgb().Pixels;
        Assert.False(pixels.AsSpan(0, 34 * 3).ContainsAnyExcept((byte)200));
        Assert.InRange(pixels[39 * 3], 0, 100);
        Assert.Equal(0, shares[33 * 3]);
        Assert.InRange(shares[37 * 3], 100, 230);
        Assert.Equal(255, shares[40 * 3]);
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
            _ => new BlackInpainter { Filling = () => { if (++filled == 3) stop.Cancel(); } }, stop.Token,
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
    public async Task One_picture_is_filled_at_a_time()
    {
        using var program = new CommandLine();
        for (int i = 0; i < 6; i++)
            program.Picture($"photos/{i}.png");
        int inside = 0, most = 0;

        int code = await program.Run(
            _ => new BlackInpainter
            {
                Filling = () =>
                {
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    Thread.Sleep(5);
                    Interlocked.Decrement(ref inside);
                },
            },
            "extend", "--weights", program.Weights, "--output_dir", program.File("out"), program.File("photos"));

        Assert.Equal((0, 1), (code, most));
    }

    [Fact]
    public async Task A_defect_in_one_picture_does_not_stop_the_others()
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png");
        program.Picture("photos/b.png");
        int filled = 0;

        int code = await program.Run(
            _ => new BlackInpainter { Filling = () => { if (++filled == 1) throw new InvalidOperationException("oops"); } },
            "extend", "--weights", program.Weights, "--output_dir", program.File("out"), program.File("photos"));

        Assert.Equal(1, code);
        Assert.Contains("1 of 2 pictures extended", program.Output);
        Assert.Contains("oops", program.Error);
    }
}
