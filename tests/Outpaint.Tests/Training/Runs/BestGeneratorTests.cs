using Outpaint.Models;
using Outpaint.Torch.Serialization;
using Outpaint.Training.Runs;

namespace Outpaint.Tests.Training.Runs;

public sealed class BestGeneratorTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly Generator generator = new(new GeneratorOptions(8, 1));

    private string BestPath => temporary.File("best.safetensors");

    [Fact]
    public void The_sum_of_lpips_and_fid_decides_and_the_figures_are_in_the_file()
    {
        var best = new BestGenerator(BestPath, photos: 10);

        Offer(best, step: 1, lpips: 0.15, fid: 0.40);
        Offer(best, step: 2, lpips: 0.14, fid: 0.42); // worse
        Offer(best, step: 3, lpips: 0.16, fid: 0.38); // better

        using SafetensorsFile file = SafetensorsFile.Open(BestPath);
        Assert.Equal(
            ("3", "0.16", "0.38", "10"), (file.Metadata["steps"], file.Metadata["lpips"], file.Metadata["fid768"], file.Metadata["photos"]));
        using Generator kept = GeneratorFile.Load(BestPath);
        Assert.Equal(generator.Options, kept.Options);
    }

    [Fact]
    public void A_resumed_run_knows_the_best_so_far()
    {
        Offer(new BestGenerator(BestPath, photos: 10), step: 1, lpips: 0.15, fid: 0.40);

        Offer(new BestGenerator(BestPath, photos: 10), step: 2, lpips: 0.16, fid: 0.40);

        Assert.Equal("1", BestStep());
    }

    [Theory]
    [InlineData(20, 0.40)] // of other photos
    [InlineData(10, null)] // without FID
    public void Figures_that_were_measured_otherwise_do_not_compare(int photos, double? fid)
    {
        Offer(new BestGenerator(BestPath, photos: 10), step: 1, lpips: 0.15, fid: 0.40);

        Offer(new BestGenerator(BestPath, photos), step: 2, lpips: 0.9, fid);

        Assert.Equal("2", BestStep());
    }

    [Fact]
    public void Without_lpips_and_fid_nothing_is_kept()
    {
        Offer(new BestGenerator(BestPath, photos: 10), step: 1, lpips: null, fid: null);

        Assert.False(File.Exists(BestPath));
    }

    public void Dispose()
    {
        generator.Dispose();
        temporary.Dispose();
    }

    private void Offer(BestGenerator best, int step, double? lpips, double? fid)
    {
        var scores = new Dictionary<string, double> { ["psnr"] = 15 };
        if (lpips is { } distance)
            scores["lpips"] = distance;
        if (fid is { } value)
            scores["fid768"] = value;
        best.Offer(generator, scores, new Dictionary<string, string> { ["steps"] = $"{step}" });
    }

    private string BestStep()
    {
        using SafetensorsFile file = SafetensorsFile.Open(BestPath);
        return file.Metadata["steps"];
    }
}
