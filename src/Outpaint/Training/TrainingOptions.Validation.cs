using System.ComponentModel.DataAnnotations;
using Outpaint.Metrics.Fid;
using Outpaint.Torch.Serialization;

namespace Outpaint.Training;

/// <content>What is looked at before a run: the limits of single values stand beside each, those between them here.</content>
public sealed partial record TrainingOptions
{
    /// <summary>Rejects values out of range, sizes that are no multiples, and missing data; looks at no file and no device.</summary>
    /// <exception cref="TrainingException">Says which value and what to give instead.</exception>
    public void ValidateValues()
    {
        if (DataPath.Length == 0)
            throw new TrainingException("There is nothing to train on; name a folder of images or tar shards with --data_path.");
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), problems, validateAllProperties: true))
            throw new TrainingException(problems[0].ErrorMessage!);
        if (ImageSize % Models.Generator.Stride != 0)
            throw new TrainingException($"--image_size is {ImageSize}; it must be a multiple of {Models.Generator.Stride}, such as 128 or 192.");
        if (GeneratorWidth % 8 != 0)
            throw new TrainingException($"--generator_width is {GeneratorWidth}; it must be a multiple of 8, such as 64.");
        if (CropScaleMin > CropScaleMax)
            throw new TrainingException($"--crop_scale_min is {CropScaleMin}; it must be at most --crop_scale_max, which is {CropScaleMax}.");
        if (LrDecayEnd <= LrDecayStart)
            throw new TrainingException($"--lr_decay_end is {LrDecayEnd}; it must be above --lr_decay_start, which is {LrDecayStart}.");
        if (ReconstructionWeight + PerceptualWeight + AdversarialWeight + ProjectedWeight + FeatureMatchingWeight + MirrorWeight + ColourWeight == 0)
            throw new TrainingException("All weights of the objective are 0, so there is nothing to learn; give at least one, such as --reconstruction_weight 1.");
    }

    /// <summary>Rejects what <see cref="ValidateValues"/> does, files and devices that are not there, and networks that do not fit into memory.</summary>
    /// <exception cref="TrainingException">Says which value and what to give instead.</exception>
    public void Validate()
    {
        ValidateValues();
        RequireFile("vgg_weights", VggWeights);
        RequireFile("resnet_weights", ResNetWeights);
        if (Resume is null) // otherwise the checkpoint has them
            RequireFile("init_weights", InitWeights);
        RequireFile("lpips_weights", LpipsWeights);
        RequireFile("inception_weights", InceptionWeights);
        MemoryNeed.Require(this, DeviceSelection.Choose(Device), MachineMemory.Bytes);
    }

    private static void RequireFile(string option, string? path)
    {
        if (path is not null && WeightsFile.Problem(path) is { } problem)
            throw new TrainingException($"--{option} is {path}, which {problem}.");
    }
}
