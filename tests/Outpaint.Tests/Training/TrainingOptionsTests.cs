using Outpaint.Training;

namespace Outpaint.Tests.Training;

public sealed class TrainingOptionsTests
{
    [Fact]
    public void The_defaults_are_sound_but_for_the_photos()
    {
        var error = Assert.Throws<TrainingException>(() => new TrainingOptions().Validate());

        Assert.Contains("--data_path", error.Message);
        (new TrainingOptions { DataPath = ["photos"] }).Validate();
    }

    public static TheoryData<TrainingOptions, string> Unsound => new()
    {
        { SmallRuns.Tiny with { ImageSize = 100 }, "--image_size is 100; it must be a multiple of 8, such as 128 or 192." },
        { SmallRuns.Tiny with { GeneratorWidth = 20 }, "--generator_width is 20; it must be a multiple of 8, such as 64." },
        { SmallRuns.Tiny with { BatchSize = 0 }, "BatchSize" },
        { SmallRuns.Tiny with { CropScaleMin = 2 }, "--crop_scale_min is 2; it must be at most --crop_scale_max, which is 1.5." },
        { SmallRuns.Tiny with { LrDecayStart = 50, LrDecayEnd = 20 }, "--lr_decay_end is 20; it must be above --lr_decay_start, which is 50." },
        {
            SmallRuns.Tiny with { ReconstructionWeight = 0, PerceptualWeight = 0, AdversarialWeight = 0, ProjectedWeight = 0, FeatureMatchingWeight = 0, MirrorWeight = 0, ColourWeight = 0 },
            "All weights of the objective are 0, so there is nothing to learn; give at least one, such as --reconstruction_weight 1."
        },
        { SmallRuns.Tiny with { LearningRate = double.NaN }, "lr" },
    };

    [Theory]
    [MemberData(nameof(Unsound), DisableDiscoveryEnumeration = true)]
    public void Unsound_values_are_refused(TrainingOptions options, string problem) =>
        Assert.Contains(problem, Assert.Throws<TrainingException>(options.Validate).Message);

    [Fact]
    public void A_run_that_goes_on_does_not_need_the_weights_it_began_with()
    {
        TrainingOptions begun = SmallRuns.Tiny with { InitWeights = "gone.safetensors" };

        Assert.Contains("--init_weights", Assert.Throws<TrainingException>(begun.Validate).Message);
        (begun with { Resume = "runs/outpaint" }).Validate();
    }
}
