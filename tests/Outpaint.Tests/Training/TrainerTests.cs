using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;
using Outpaint.Tracking;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ImageDataset photos;
    private readonly RunFolder folder;

    public TrainerTests()
    {
        photos = SmallRuns.Photos(temporary);
        folder = new RunFolder(temporary.File("run"));
    }

    [Fact]
    public void A_run_leaves_its_config_metrics_samples_checkpoint_and_generator()
    {
        TrainingResult result = SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 4, LogEvery = 3, SampleEvery = 2 }, photos, folder);

        Assert.Equal(new TrainingResult(4, 8, Completed: true), result);
        Assert.Equal([3, 4], SmallRuns.Metrics(folder).Select(line => line["step"]));
        Assert.EndsWith("\"exit_code\":0}\n", File.ReadAllText(Path.Combine(folder.Path, "run.json")));
        Assert.Equal(
            [
                "checkpoints/last.safetensors", "config.json", "discriminators.safetensors", "generator.safetensors", "generator.txt", "metrics.jsonl",
                "patch_discriminator.txt", "run.json", "samples/0000002.png", "samples/0000004.png",
            ],
            Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.Path, file)).Order());
        using Photo sample = Photo.Load(Path.Combine(folder.Path, "samples", "0000004.png"));
        Assert.Equal((4 * 64, 3 * 64), (sample.Width, sample.Height)); // a column per photo; holed, made, original
        using Generator generator = GeneratorFile.Load(folder.GeneratorPath);
        Assert.Equal(new GeneratorOptions(8, 1), generator.Options);
    }

    [Fact]
    public void Metrics_can_be_read_by_any_json_reader()
    {
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);

        Assert.Equal((byte)'{', File.ReadAllBytes(SmallRuns.MetricsPath(folder))[0]); // no byte order mark
    }

    [Fact]
    public void It_learns()
    {
        TrainingOptions options = SmallRuns.Tiny with { MaxSteps = 70, LearningRate = 2e-3, WarmUpSteps = 70, GeneratorWidth = 16, MirrorWeight = 0, ColourWeight = 0, GammaJitter = 0, EarlierFills = 0 };
        var still = new RunFolder(temporary.File("still"));

        SmallRuns.Train(options, photos, folder);
        SmallRuns.Train(options with { LearningRate = 1e-12 }, photos, still); // the same batches, as the fresh network sees them

        double Reconstruction(RunFolder run) => SmallRuns.Metrics(run)[^20..].Average(line => line["loss/reconstruction"]);
        Assert.InRange(Reconstruction(folder), 0, 0.8 * Reconstruction(still));
    }

    [Fact]
    public void During_the_warm_up_the_generator_does_not_listen_to_the_discriminators()
    {
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 3, WarmUpSteps = 2 }, photos, folder);

        Dictionary<string, double>[] lines = SmallRuns.Metrics(folder);

        Assert.All(lines, line => Assert.True(line["loss/patch_discriminator"] > 0));
        Assert.Equal([0, 0], lines[..2].Select(line => line["loss/adversarial"]));
        Assert.True(lines[2]["loss/adversarial"] > 0);
    }

    [Fact]
    public void Terms_that_are_switched_off_are_left_out()
    {
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1, WarmUpSteps = 0, AdversarialWeight = 0, FeatureMatchingWeight = 0, MirrorWeight = 0, ColourWeight = 0 }, photos, folder);

        Dictionary<string, double> line = SmallRuns.Metrics(folder).Single();
        Assert.Equal((0, 0, 0, 0), (line["loss/adversarial"], line["loss/feature_matching"], line["loss/mirror"], line["loss/colour"]));
        Assert.Equal(line["loss/reconstruction"], line["loss/generator"], 1e-6);
    }

    [Fact]
    public void A_patch_discriminator_that_nobody_listens_to_learns_nothing_until_somebody_does()
    {
        TrainingOptions silent = SmallRuns.Tiny with { MaxSteps = 1, WarmUpSteps = 0, R1Gamma = 10, AdversarialWeight = 0, FeatureMatchingWeight = 0 };
        Dictionary<string, string> Patch() => SmallRuns.Weights(folder).Where(entry => entry.Key.StartsWith("patch/")).ToDictionary();
        SmallRuns.Train(silent, photos, folder);
        Dictionary<string, string> first = Patch();

        SmallRuns.Train(silent with { MaxSteps = 3 }, photos, folder, resume: true);

        Assert.Equal(first, Patch());
        Assert.All(SmallRuns.Metrics(folder), line => Assert.Equal((0, 0), (line["loss/patch_discriminator"], line["loss/r1"])));

        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 4, WarmUpSteps = 0 }, photos, folder, resume: true);

        Assert.NotEqual(first, Patch());
        Assert.True(SmallRuns.Metrics(folder)[^1]["loss/adversarial"] > 0);
    }

    [Fact]
    public void R1_is_taken_every_few_steps()
    {
        SmallRuns.Train(SmallRuns.Tiny with { R1Gamma = 10, R1Every = 3 }, photos, folder);

        Assert.Equal([1, 4], SmallRuns.Metrics(folder).Where(line => line["loss/r1"] > 0).Select(line => line["step"]));
    }

    [Fact]
    public void DiffAugment_is_seen_by_the_discriminators_alone()
    {
        var plain = new RunFolder(temporary.File("plain"));
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, plain);

        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1, DiffAugment = true }, photos, folder);

        Dictionary<string, double> without = SmallRuns.Metrics(plain)[0], with = SmallRuns.Metrics(folder)[0];
        Assert.Equal(without["loss/reconstruction"], with["loss/reconstruction"]);
        Assert.NotEqual(without["loss/patch_discriminator"], with["loss/patch_discriminator"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mirrored_photographs_among_the_fakes_are_seen_by_the_discriminators_alone(bool diffAugment)
    {
        TrainingOptions options = SmallRuns.Tiny with { MaxSteps = 1, DiffAugment = diffAugment };
        var plain = new RunFolder(temporary.File("plain"));
        SmallRuns.Train(options with { MirrorNegatives = 0 }, photos, plain);

        SmallRuns.Train(options with { MirrorNegatives = 0.5 }, photos, folder);

        Dictionary<string, double> without = SmallRuns.Metrics(plain)[0], with = SmallRuns.Metrics(folder)[0];
        Assert.Equal(without["loss/generator"], with["loss/generator"]);
        Assert.NotEqual(without["loss/patch_discriminator"], with["loss/patch_discriminator"]);
    }

    [Fact]
    public void Cancelling_finishes_the_step_and_saves()
    {
        TrainingResult result = SmallRuns.Train(SmallRuns.Tiny, photos, folder, stopAfter: 2);

        Assert.Equal(new TrainingResult(2, 4, Completed: false), result);
        Assert.True(File.Exists(folder.CheckpointPath));
        Assert.True(File.Exists(folder.GeneratorPath));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_an_error_that_names_it_and_leaves_nothing_half_written()
    {
        Directory.CreateDirectory(Path.Combine(folder.CheckpointPath, "in the way"));

        var error = Assert.Throws<TrainingException>(() => SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder));

        Assert.Contains(folder.CheckpointPath, error.Message);
        Assert.EndsWith("Make room, or name another folder with --output_dir.", error.Message);
        Assert.Equal([folder.CheckpointPath], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(folder.CheckpointPath)!));
    }

    [Fact]
    public void What_a_tracker_of_the_callers_throws_is_not_taken_for_a_full_disk()
    {
        Directory.CreateDirectory(temporary.File("elsewhere/metrics.jsonl"));
        using var tracker = new FileTracker(temporary.File("elsewhere"));
        using var trainer = new Trainer(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);

        Assert.Throws<UnauthorizedAccessException>(() => trainer.Run(tracker: tracker));
    }

    [Fact]
    public void Too_little_memory_is_an_error_that_says_what_to_do()
    {
        using var trainer = new Trainer(SmallRuns.Tiny, photos, folder);
        var petabyte = new SmallRuns.Watcher(_ => Tensor.Zeros([1L << 48]).Dispose());

        string error = Assert.Throws<TrainingException>(() => trainer.Run(petabyte)).Message;

        Assert.StartsWith("There is not enough memory for 2 images of 64 x 64 pixels at a time (", error);
        Assert.EndsWith("use a smaller --batch_size or --image_size.", error);
    }

    [Fact]
    public void An_earlier_run_is_not_written_over()
    {
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);
        byte[] checkpoint = File.ReadAllBytes(folder.CheckpointPath);

        var error = Assert.Throws<TrainingException>(() => SmallRuns.Train(SmallRuns.Tiny, photos, folder));

        Assert.Contains("holds a run already", error.Message);
        Assert.Equal(checkpoint, File.ReadAllBytes(folder.CheckpointPath));
    }

    [Fact]
    public void Metrics_of_a_run_that_died_before_its_first_checkpoint_are_dropped()
    {
        File.WriteAllText(SmallRuns.MetricsPath(folder), "{\"step\": 1}\n{\"step\": 2}\n");

        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);

        Assert.Equal([1], SmallRuns.Metrics(folder).Select(line => line["step"]));
    }

    [Fact]
    public void Too_few_photos_for_a_batch_are_an_error_that_says_what_to_do()
    {
        var error = Assert.Throws<TrainingException>(() => SmallRuns.Train(SmallRuns.Tiny with { BatchSize = 32 }, photos, folder));

        Assert.Equal("A batch of 32 needs as many photos, but there are 4; add photos or lower --batch_size.", error.Message);
    }

    public void Dispose()
    {
        photos.Dispose();
        temporary.Dispose();
    }
}
