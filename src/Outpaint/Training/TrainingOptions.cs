using Outpaint.Models;

namespace Outpaint.Training;

/// <summary>Everything that a training run depends on; saved as config.json in the run's folder.</summary>
public sealed record TrainingOptions
{
    /// <summary>Folders of images or tar shards to train on.</summary>
    public IReadOnlyList<string> DataPaths { get; init; } = [];

    /// <summary>Folders or shards for the sample grids; the training photos when empty.</summary>
    public IReadOnlyList<string> ValidationPaths { get; init; } = [];

    /// <summary>The run's folder.</summary>
    public string OutputDirectory { get; init; } = "runs/outpaint";

    /// <summary>Side of the square training canvas in pixels, a multiple of the generator's stride.</summary>
    public int ImageSize { get; init; } = 192;

    /// <summary>Photos per step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Passes over the training photos.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Stops after this many steps in all, whatever the epochs; null for no limit.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>Adam's step size for generator and discriminators.</summary>
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>Adam's decay rate of the first moment.</summary>
    public double Beta1 { get; init; } = 0.5;

    /// <summary>Adam's decay rate of the second moment.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Seeds weights, crops, flips and masks.</summary>
    public int Seed { get; init; }

    /// <summary>Where to train.</summary>
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

    /// <summary>Arithmetic of convolutions.</summary>
    public PrecisionChoice Precision { get; init; } = PrecisionChoice.Auto;

    /// <summary>Threads that decode photos.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>torchvision's VGG19, whole or cut off after any layer; null for none.</summary>
    public string? VggWeights { get; init; }

    /// <summary>torchvision's ResNet-50, whole or cut off after layer3; null for none.</summary>
    public string? ResNetWeights { get; init; }

    /// <summary>The generator's size.</summary>
    public GeneratorOptions Generator { get; init; } = new();

    /// <summary>Channels of the patch discriminator's first layer (ndf).</summary>
    public int DiscriminatorWidth { get; init; } = 64;

    /// <summary>How much each loss counts.</summary>
    public LossWeights Weights { get; init; } = new();

    /// <summary>Steps during which the generator does not listen to the discriminators yet.</summary>
    public int WarmUpSteps { get; init; } = 100;

    /// <summary>Images after which a set of weights counts half in the averaged generator.</summary>
    public double EmaHalfLife { get; init; } = 10_000;

    /// <summary>Steps between two lines of metrics.</summary>
    public int LogEvery { get; init; } = 20;

    /// <summary>Steps between two sample grids.</summary>
    public int SampleEvery { get; init; } = 500;

    /// <summary>Minutes between two checkpoints.</summary>
    public double CheckpointMinutes { get; init; } = 5;

    /// <summary>The project's name in Weights and Biases; recorded only.</summary>
    public string? WandbProject { get; init; }

    /// <summary>Rejects values that no run can start with.</summary>
    /// <exception cref="TrainingException">Says which value and what to give instead.</exception>
    public void Validate()
    {
        Require(DataPaths.Count > 0, "There is nothing to train on; name a folder of images or tar shards with --data_path.");
        Require(
            ImageSize >= 64 && ImageSize % Models.Generator.Stride == 0,
            $"The image size is {ImageSize}; it must be a multiple of {Models.Generator.Stride} from 64 on, such as 128 or 192.");
        Require(BatchSize >= 1, $"The batch size is {BatchSize}; it must be at least 1.");
        Require(Epochs >= 1, $"There are {Epochs} epochs; there must be at least 1.");
        Require(MaxSteps is null or >= 1, $"The step limit is {MaxSteps}; it must be at least 1.");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), $"The learning rate is {LearningRate}; it must be above 0, such as 0.0002.");
        Require(Beta1 is >= 0 and < 1 && Beta2 is >= 0 and < 1, $"Adam's betas are {Beta1} and {Beta2}; each must be in [0, 1).");
        Require(DiscriminatorWidth >= 8, $"The discriminator's width is {DiscriminatorWidth}; it must be at least 8.");
        Require(LogEvery >= 1 && SampleEvery >= 1, "Steps between log lines or samples must be at least 1.");
        Generator.Validate();
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new TrainingException(otherwise);
    }
}
