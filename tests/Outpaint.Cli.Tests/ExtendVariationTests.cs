namespace Outpaint.Cli.Tests;

public sealed class ExtendVariationTests
{
    [Fact]
    public async Task Each_variation_is_a_file_named_after_its_seed()
    {
        using var program = new CommandLine();

        Assert.Equal(0, await program.Extend(program.Picture("photo.png"), "--variations", "3", "--seed", "5", "--mask_out"));

        Assert.Equal(
            [.. new[] { 5, 6, 7 }.SelectMany(seed => new[] { $"photo_outpainted_seed{seed}.png", $"photo_outpainted_seed{seed}_mask.png" })],
            program.FilesIn("out"));
        Assert.Equal(1, program.ModelsLoaded);
    }

    [Fact]
    public async Task The_model_gets_the_seed_of_each_variation()
    {
        using var program = new CommandLine();
        var seeds = new List<int>();
        BlackInpainter Load(string path) => new() { Seeded = seed => { lock (seeds) { seeds.Add(seed); } } };
        string[] extend = ["extend", program.Picture("photo.png"), "--weights", program.Weights, "--output_dir", program.File("out")];

        await program.Run(Load, extend);
        await program.Run(Load, [.. extend, "--seed", "9", "--overwrite"]);
        await program.Run(Load, [.. extend, "--variations", "2"]);

        Assert.Equal([0, 9], seeds[..2]);
        Assert.Equal([0, 1], seeds[2..].Order());
        Assert.Contains("photo_outpainted.png", program.FilesIn("out"));
    }

    [Fact]
    public async Task Variations_in_a_folder_are_results_and_not_extended_again()
    {
        using var program = new CommandLine();
        program.Picture("out/photo.png");
        await program.Extend(program.File("out/photo.png"), "--variations", "2");

        Assert.Equal(0, await program.Extend(program.File("out"), "--overwrite"));

        Assert.Equal(["photo.png", "photo_outpainted.png", "photo_outpainted_seed0.png", "photo_outpainted_seed1.png"], program.FilesIn("out"));
    }

    [Theory]
    [InlineData("--seed", "-1")]
    [InlineData("--seed", "2147483647", "--variations", "2")]
    [InlineData("--variations", "0")]
    public async Task Seeds_that_do_not_exist_are_one_line_that_names_the_option(params string[] options)
    {
        using var program = new CommandLine();

        Assert.Equal(2, await program.Extend([program.Picture("photo.png"), .. options]));

        Assert.Contains(options[0], program.Error);
        Assert.Equal(0, program.ModelsLoaded);
    }
}
