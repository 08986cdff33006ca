using System.Text.Json;
using Outpaint.Imaging;

namespace Outpaint.Cli.Tests;

public sealed class EvaluateTests
{
    [Fact]
    public async Task A_model_and_the_baselines_are_scored_in_one_table()
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png", 220, 200);
        program.Picture("photos/b.png", 200, 300);

        int code = await program.Run(
            "evaluate", "--data_path", program.File("photos"), "--weights", program.Weights, "--baselines", "--output_dir", program.File("out"));

        Assert.Equal((0, ""), (code, program.Error));
        Assert.All(["| outpaint", "| edge replicate", "| reflect", "| the originals", "Left out: LPIPS", "Left out: FID"], text => Assert.Contains(text, program.Output));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(program.File("out/results.json")));
        Assert.Equal(3, json.RootElement.GetProperty("methods").GetArrayLength());
        Assert.Equal(2, json.RootElement.GetProperty("photos").GetInt32());
        Assert.Contains("| reflect", File.ReadAllText(program.File("out/results.md")));
        Assert.Contains("data:image/webp", File.ReadAllText(program.File("out/report.html")));
        // Five columns of 192 pixels and two rows, 4 pixels apart.
        Assert.Equal((976, 388), program.SizeOf("out/examples.png"));
    }

    [Fact]
    public async Task Each_variation_is_scored_as_a_method_of_its_own()
    {
        using var program = new CommandLine();

        int code = await program.Run(
            "evaluate", "--data_path", program.Picture("photo.png", 192, 192), "--weights", program.Weights, "--variations", "3",
            "--output_dir", program.File("out"), "--examples", "0");

        Assert.Equal((0, ""), (code, program.Error));
        Assert.All(["| outpaint  ", "| outpaint, seed 1 ", "| outpaint, seed 2 "], text => Assert.Contains(text, program.Output));
    }

    [Fact]
    public async Task Larger_pictures_are_scored_at_the_size_asked_for()
    {
        using var program = new CommandLine();

        int code = await program.Run(
            "evaluate", "--data_path", program.Picture("photo.png", 400, 300), "--weights", program.Weights, "--known_size", "200",
            "--output_dir", program.File("out"), "--examples", "1");

        Assert.Equal((0, ""), (code, program.Error));
        Assert.Contains("200 to 300 pixels", program.Output);
        Assert.Equal((908, 300), program.SizeOf("out/examples.png"));
    }

    [Fact]
    public async Task Single_sides_can_be_tested()
    {
        using var program = new CommandLine();
        string photo = program.Picture("photo.png", 192, 192);
        Assert.Equal(0, await program.Run("evaluate", "--data_path", photo, "--sides", "Left", "--export_inputs", program.File("inputs")));

        int code = await program.Run(
            "evaluate", "--data_path", photo, "--weights", program.Weights, "--sides", "left", "--baselines", "--peer", program.File("inputs"),
            "--output_dir", program.File("out"), "--examples", "1");

        Assert.Equal((0, ""), (code, program.Error));
        Assert.Contains("128 to 192 pixels (left);", program.Output);
        Assert.Contains("\"sides\": \"Left\"", File.ReadAllText(program.File("out/results.json")));
        using Photo mask = Photo.Load(program.File("inputs/mask.png"));
        byte[] row = [.. mask.ToRgb().Pixels.Take(3 * 192)];
        Assert.Equal([.. Enumerable.Repeat((byte)255, 3 * 64), .. new byte[3 * 128]], row);
    }

    [Fact]
    public async Task Exported_inputs_can_be_scored_as_a_peer()
    {
        using var program = new CommandLine();
        string photo = program.Picture("photo.png", 192, 192);

        Assert.Equal(0, await program.Run("evaluate", "--data_path", photo, "--export_inputs", program.File("inputs")));
        int code = await program.Run(
            "evaluate", "--data_path", photo, "--weights", program.Weights, "--peer", program.File("inputs"),
            "--output_dir", program.File("out"), "--examples", "0");

        Assert.Equal((0, ""), (code, program.Error));
        Assert.Contains("| inputs", program.Output);
        Assert.False(File.Exists(program.File("out/examples.png")));
    }

    [Fact]
    public async Task Nothing_to_evaluate_on_is_a_usage_error()
    {
        using var program = new CommandLine();
        Assert.Equal(2, await program.Run("evaluate", "--weights", program.Weights));
        Assert.Contains("--data_path", program.Error);
    }

    [Theory]
    [InlineData("--extension_ratio", "0.1")]
    [InlineData("--extension_ratio", "3.5")]
    [InlineData("--known_size", "127")]
    [InlineData("--sides", "7")]
    [InlineData("--sides", "left,above")]
    [InlineData("--sides", "")]
    [InlineData("--limit", "0")]
    [InlineData("--examples", "-1")]
    public async Task A_value_out_of_range_is_a_usage_error_that_names_the_option(string option, string value)
    {
        using var program = new CommandLine();
        Assert.Equal(2, await program.Run("evaluate", "--data_path", program.Picture("photo.png"), "--weights", program.Weights, option, value));
        Assert.Contains(option, program.Error);
    }

    [Theory]
    [InlineData("--lpips_weights")]
    [InlineData("--inception_weights")]
    public async Task A_network_that_does_not_exist_is_named_with_its_option(string option)
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Run(
            "evaluate", "--data_path", program.File("photos"), "--weights", program.Weights, option, "nope", "--output_dir", program.File("out")));

        Assert.Equal($"error: {option} is nope, which does not exist; check the path.\n", program.Error);
        Assert.False(Directory.Exists(program.File("out")));
    }

    [Theory]
    [InlineData("--output_dir")]
    [InlineData("--export_inputs")]
    public async Task A_file_in_place_of_a_folder_to_write_to_is_refused_beforehand(string option)
    {
        using var program = new CommandLine();
        string file = program.Broken("file");

        Assert.Equal(2, await program.Run("evaluate", "--data_path", program.Picture("photo.png"), "--weights", program.Weights, option, file));

        Assert.Equal($"error: {option} {file}: {file} is a file; name a folder.\n", program.Error);
    }

    [Fact]
    public async Task Folders_and_shards_without_pictures_are_named()
    {
        using var program = new CommandLine();
        string empty = Directory.CreateDirectory(program.File("empty")).FullName;
        string shard = program.File("empty.tar");
        File.WriteAllBytes(shard, new byte[1024]);
        foreach (string path in new[] { empty, shard, program.File("missing") })
        {
            Assert.Equal(1, await program.Run("evaluate", "--data_path", path, "--weights", program.Weights, "--output_dir", program.File("out")));
            Assert.Contains("error: " + path, program.Error);
        }
    }

    [Theory, InlineData("1", "1 photo"), InlineData("2", "2 photos")]
    public async Task The_limit_is_the_number_of_photos_scored(string limit, string photos)
    {
        using var program = new CommandLine();
        foreach (string name in new[] { "a", "b", "c" })
            program.Picture($"photos/{name}.png", 200, 200);
        int code = await program.Run(
            "evaluate", "--data_path", program.File("photos"), "--weights", program.Weights, "--limit", limit, "--examples", "0", "--output_dir", program.File("out"));
        Assert.Equal((0, ""), (code, program.Error));
        Assert.Contains($"\n{photos}, 128 to 192 pixels", program.Output);
        Assert.Contains($"<p>{photos} of photos, ", File.ReadAllText(program.File("out/report.html")));
    }

    [Theory]
    [InlineData("none", "none")]
    [InlineData("empty", "empty/photo.png")]
    public async Task A_missing_peer_folder_or_output_is_named_before_anything_is_scored(string peer, string missing)
    {
        using var program = new CommandLine();
        Directory.CreateDirectory(program.File("empty"));
        int code = await program.Run(
            "evaluate", "--data_path", program.Picture("photo.png", 192, 192), "--weights", program.Weights, "--peer", program.File(peer),
            "--output_dir", program.File("out"));
        Assert.Equal(1, code);
        Assert.StartsWith("error: " + program.File(missing), program.Error);
        Assert.Empty(program.Output);
    }

    [Fact]
    public async Task A_peers_output_of_another_size_is_named_before_anything_is_scored()
    {
        using var program = new CommandLine();
        string output = program.Picture("peer/photo.png", 100, 100);

        int code = await program.Run(
            "evaluate", "--data_path", program.Picture("photo.png", 192, 192), "--weights", program.Weights, "--peer", program.File("peer"),
            "--output_dir", program.File("out"));

        Assert.Equal(1, code);
        Assert.StartsWith($"error: {output}: it has 100 x 100 pixels instead of 192 x 192", program.Error);
        Assert.Empty(program.Output);
    }

    [Fact]
    public async Task Photos_that_cannot_be_read_are_a_warning_and_stand_in_the_results()
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png", 200, 200);
        program.Broken("photos/b.jpg");

        int code = await program.Run(
            "evaluate", "--data_path", program.File("photos"), "--weights", program.Weights, "--examples", "0", "--output_dir", program.File("out"));

        Assert.Equal(0, code);
        Assert.StartsWith("warning: b.jpg: ", program.Error);
        Assert.Contains("Left out: 1 photo that cannot be read, the first b.jpg: ", program.Output);
        Assert.Contains("1 photo that cannot be read", File.ReadAllText(program.File("out/results.json")));
    }

    [Fact]
    public async Task Two_methods_of_one_name_are_refused()
    {
        using var program = new CommandLine();
        program.Picture("reflect/photo.png", 192, 192);

        Assert.Equal(2, await program.Run(
            "evaluate", "--data_path", program.Picture("photo.png", 192, 192), "--weights", program.Weights, "--baselines", "--peer", program.File("reflect")));

        Assert.StartsWith("error: two methods are called 'reflect'; a --peer is called like its folder: rename one.", program.Error);
    }

    [Fact]
    public async Task Without_examples_those_of_an_earlier_evaluation_are_removed()
    {
        using var program = new CommandLine();
        string photo = program.Picture("photo.png", 192, 192), examples = program.File("out/examples.png");

        await program.Run("evaluate", "--data_path", photo, "--weights", program.Weights, "--output_dir", program.File("out"));
        Assert.True(File.Exists(examples));
        await program.Run("evaluate", "--data_path", photo, "--weights", program.Weights, "--output_dir", program.File("out"), "--examples", "0");

        Assert.False(File.Exists(examples));
    }
}
