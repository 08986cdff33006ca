using Outpaint.Data;
using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;
using Outpaint.Training;
using Outpaint.Training.Masks;
using Outpaint.Training.Runs;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Training.Runs;

public sealed class StartingPointTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ImageDataset photos;
    private readonly RunFolder earlier;

    public StartingPointTests()
    {
        photos = SmallRuns.Photos(temporary);
        earlier = new RunFolder(temporary.File("earlier"));
        SmallRuns.Train(SmallRuns.Tiny, photos, earlier);
    }

    [Fact]
    public void A_run_can_start_from_an_earlier_runs_generator_and_discriminators()
    {
        var folder = new RunFolder(temporary.File("later"));

        // A step too small to change a weight in half precision.
        SmallRuns.Train(SmallRuns.Tiny with { InitWeights = earlier.GeneratorPath, MaxSteps = 1, LearningRate = 1e-12, Seed = 7 }, photos, folder);

        AssertSame(earlier.GeneratorPath, folder.GeneratorPath, exceptEnding: "");
        // Their power iterations go on, whatever the step.
        AssertSame(earlier.DiscriminatorsPath, folder.DiscriminatorsPath, exceptEnding: ".u");
    }

    [Fact]
    public void A_deeper_generator_starts_where_the_earlier_one_ended()
    {
        TrainingOptions deeper = SmallRuns.Tiny with { GeneratorDepth = SmallRuns.Tiny.GeneratorDepth + 2, InitWeights = earlier.GeneratorPath };
        using var trainer = new Trainer(deeper, photos, new RunFolder(temporary.File("deeper")));
        using TensorScope scope = new();
        using Generator before = GeneratorFile.Load(earlier.GeneratorPath);
        Tensor image = Tensor.Zeros([1, 3, 64, 64]), mask = Mask(64, 64, new Margins(8, 16, 8, 8));
        image.Fill_(0.5);

        float[] expected = before.Forward(image, mask).ToArray<float>();

        Assert.Equal(2, trainer.AddedBlocks);
        foreach (Generator generator in new[] { trainer.Networks.Generator, trainer.Networks.Average })
        {
            generator.Train(false);
            Assert.Equal(expected, generator.Forward(image, mask).ToArray<float>());
        }
    }

    [Fact]
    public void A_shallower_generator_is_an_error_that_names_the_options()
    {
        var folder = new RunFolder(temporary.File("deep"));
        SmallRuns.Train(SmallRuns.Tiny with { GeneratorDepth = 2 }, photos, folder);

        var error = Assert.Throws<TrainingException>(
            () => SmallRuns.Train(SmallRuns.Tiny with { InitWeights = folder.GeneratorPath }, photos, new RunFolder(temporary.File("shallow"))));

        Assert.Contains("--generator_depth", error.Message);
    }

    [Fact]
    public void Networks_of_another_size_are_an_error_that_names_the_options()
    {
        var folder = new RunFolder(temporary.File("wider"));
        TrainingOptions wider = SmallRuns.Tiny with { GeneratorWidth = 2 * SmallRuns.Tiny.GeneratorWidth, InitWeights = earlier.GeneratorPath };

        var error = Assert.Throws<TrainingException>(() => SmallRuns.Train(wider, photos, folder));

        Assert.Contains("--generator_width", error.Message);
    }

    [Fact]
    public void Discriminators_of_another_size_are_left_out_and_the_run_says_so()
    {
        TrainingOptions wider = SmallRuns.Tiny with { DiscriminatorWidth = 2 * SmallRuns.Tiny.DiscriminatorWidth, InitWeights = earlier.GeneratorPath };
        using var others = new Trainer(wider, photos, new RunFolder(temporary.File("others")));
        using var same = new Trainer(SmallRuns.Tiny with { InitWeights = earlier.GeneratorPath }, photos, new RunFolder(temporary.File("same")));

        Assert.True(others.StartsNewDiscriminators);
        Assert.False(same.StartsNewDiscriminators);
    }

    public void Dispose()
    {
        photos.Dispose();
        temporary.Dispose();
    }

    private static void AssertSame(string expected, string actual, string exceptEnding)
    {
        using TensorScope scope = new();
        IReadOnlyDictionary<string, Tensor> first = WeightsFile.Load(expected), second = WeightsFile.Load(actual);
        Assert.Equal(first.Keys.Order(), second.Keys.Order());
        foreach ((string name, Tensor tensor) in first)
            if (exceptEnding.Length == 0 || !name.EndsWith(exceptEnding, StringComparison.Ordinal))
                Assert.Equal(tensor.ToArray<Half>(), second[name].ToArray<Half>());
    }
}
