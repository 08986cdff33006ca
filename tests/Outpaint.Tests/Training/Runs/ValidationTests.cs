using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Metrics.Fid;
using Outpaint.Tests.Imaging;
using Outpaint.Torch.Serialization;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Tests.Training.Runs;

public sealed class ValidationTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ImageDataset photos;
    private readonly RunFolder folder;

    public ValidationTests()
    {
        photos = SmallRuns.Photos(temporary);
        folder = new RunFolder(temporary.File("run"));
    }

    private TrainingOptions Validated => SmallRuns.Tiny with { ValPath = [temporary.File("photos")], ValidateEvery = 4, ValidatePhotos = 2, MaxSteps = 5 };

    [Fact]
    public void The_average_is_validated_every_so_many_images_and_at_the_end()
    {
        SmallRuns.Train(Validated with { LogEvery = 1000 }, photos, folder);

        Dictionary<string, double>[] lines = SmallRuns.Metrics(folder);
        Assert.Equal([2, 4, 5], lines.Select(line => line["step"])); // of two images each
        Assert.All(lines, line => Assert.InRange(line["val/psnr"], 5, 40));
        Assert.All(
            new[] { "val/ssim", "val/l1", "val/seam", "val/colour_step", "val/texture" },
            name => Assert.True(double.IsFinite(lines[0][name]), name));
    }

    [Fact]
    public void Validating_changes_nothing_of_the_training()
    {
        var other = new RunFolder(temporary.File("other"));

        SmallRuns.Train(Validated, photos, folder);
        SmallRuns.Train(Validated with { ValidateEvery = 0 }, photos, other);

        Assert.DoesNotContain(SmallRuns.Metrics(other), line => line.ContainsKey("val/psnr"));
        Assert.Equal(File.ReadAllBytes(other.CheckpointPath), File.ReadAllBytes(folder.CheckpointPath));
    }

    [Fact]
    public void A_run_without_validation_photos_is_not_validated()
    {
        SmallRuns.Train(Validated with { ValPath = [] }, photos, folder);

        Assert.DoesNotContain(SmallRuns.Metrics(folder), line => line.ContainsKey("val/psnr"));
    }

    [Fact]
    public void Samples_show_validation_photos_spread_over_all()
    {
        string unseen = temporary.File("unseen");
        Directory.CreateDirectory(unseen);
        for (byte shade = 10; shade < 26; shade++)
            Photo.SavePng(Pictures.Plain(64, 64, shade, shade, shade), Path.Combine(unseen, $"{shade}.png"));
        File.WriteAllText(Path.Combine(unseen, "16.png"), "broken");

        SmallRuns.Train(SmallRuns.Tiny with { ValPath = [unseen], ValidateEvery = 0, MaxSteps = 1, SampleEvery = 1 }, photos, folder);

        using Photo sample = Photo.Load(Path.Combine(folder.Path, "samples", "0000001.png"));
        RgbImage grid = sample.ToRgb();
        Assert.Equal([10, 12, 14, 18, 20, 22, 24], Enumerable.Range(0, grid.Width / 64).Select(column => Pictures.At(grid, column * 64, 2 * 64).Red));
    }

    [Fact]
    public void Another_networks_file_is_refused_before_the_first_step()
    {
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);
        var other = new RunFolder(temporary.File("other"));

        var error = Assert.Throws<WeightsFormatException>(
            () => SmallRuns.Train(Validated with { InceptionWeights = folder.GeneratorPath }, photos, other));

        Assert.StartsWith(folder.GeneratorPath, error.Message);
        Assert.False(File.Exists(other.CheckpointPath));
    }

    public void Dispose()
    {
        photos.Dispose();
        temporary.Dispose();
    }
}
