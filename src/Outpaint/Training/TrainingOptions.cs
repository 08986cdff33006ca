using System.ComponentModel.DataAnnotations;
using Outpaint.Data;
using Outpaint.Metrics.Fid;
using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Tracking.Wandb;
using Outpaint.Tracking.Wandb.Online;

namespace Outpaint.Training;

#pragma warning disable CS1591 // Each property's description is its documentation, and the command line's help.

/// <summary>
/// Everything that a training run depends on. The one list of options: it feeds the command line and its help, and is
/// saved as config.json in the run's folder.
/// </summary>
/// <remarks>
/// One flat record, however long: groups of their own would nest config.json and hide that there is one list. What an option
/// means is in <c>outpaint train --help</c>, and here in its <see cref="DisplayAttribute.Description"/>.
/// </remarks>
public sealed partial record TrainingOptions
{
    private const string Data = "Data";
    private const string Run = "Run";
    private const string Validating = "Validation";
    private const string Tracking = "Tracking";
    private const string Optimization = "Optimization";
    private const string Objective = "Objective (0 switches a term off)";
    private const string Networks = "Networks";

    [Display(GroupName = Data, Prompt = "DIR|TAR", Description =
        "Photos to train on: folders (searched recursively), tar shards or packed files (scripts/pack_photos.py). Several may be given.")]
    public string[] DataPath { get; init; } = [];

    [Display(GroupName = Data, Prompt = "DIR|TAR", Description = "Photos to validate on and for the sample grids; without them training photos make the grids.")]
    public string[] ValPath { get; init; } = [];

    [Display(GroupName = Data, Prompt = "PX", Description =
        "Side of the square canvas to train on, in pixels, known part and hole together; a multiple of 8.")]
    [Range(64, 1024)]
    public int ImageSize { get; init; } = 192;

    [Display(GroupName = Data, Prompt = "X", Description = "Smallest crop, relative to the canvas that it is resized to.")]
    [Range(0.25, 8.0)]
    public double CropScaleMin { get; init; } = 1;

    [Display(GroupName = Data, Prompt = "X", Description = "Largest crop, likewise; photos smaller than that are taken whole.")]
    [Range(0.25, 8.0)]
    public double CropScaleMax { get; init; } = 1.5;

    [Display(GroupName = Data, Prompt = "X", Description =
        "How much brighter or darker photos are made at random: an exponent between e^-X and e^X on values from 0 to 1.")]
    [Range(0.0, 2.0)]
    public double GammaJitter { get; init; } = 0.5;

    [Display(GroupName = Data, Prompt = "N", Description = "Threads that decode photos.")]
    [Range(1, 1024)]
    public int Workers { get; init; } = Environment.ProcessorCount;

    [Display(GroupName = Run, Prompt = "DIR", Description = "The run's folder: config, metrics, samples, checkpoints, weights.")]
    public string OutputDir { get; init; } = "runs/outpaint";

    [Display(GroupName = Run, Prompt = "[DIR]", Description =
        "Continue the run in this folder (or in --output_dir) from its last checkpoint, as if it had never stopped. Its options hold, except those given anew.")]
    public string? Resume { get; init; }

    [Display(GroupName = Run, Prompt = "N", Description = "Passes over the photos.")]
    [Range(1, int.MaxValue)]
    public int Epochs { get; init; } = 100;

    [Display(GroupName = Run, Prompt = "N", Description = "Take at most this many steps in all; --epochs may end the run before.")]
    [Range(1L, long.MaxValue)]
    public long? MaxSteps { get; init; }

    [Display(GroupName = Run, Prompt = "auto|cpu|cuda", Description = "Where to train; auto takes a GPU when libtorch sees one.")]
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

    [Display(GroupName = Run, Prompt = "auto|fp32|bf16", Description =
        "Arithmetic of convolutions; auto is bf16 where the processor or the GPU is fast at it. Parameters stay in fp32.")]
    public PrecisionChoice Precision { get; init; } = PrecisionChoice.Auto;

    [Display(GroupName = Run, Prompt = "N", Description =
        "Seed of weights, crops, flips and holes. Give another to train weights on, or they are shown what they were shown before.")]
    public int Seed { get; init; }

    [Display(GroupName = Run, Prompt = "N", Description = "Steps between two lines of metrics.")]
    [Range(1, int.MaxValue)]
    public int LogEvery { get; init; } = 20;

    [Display(GroupName = Run, Prompt = "N", Description = "Steps between two sample grids.")]
    [Range(1, int.MaxValue)]
    public int SampleEvery { get; init; } = 500;

    [Display(GroupName = Run, Prompt = "MIN", Description = "Minutes between two checkpoints.")]
    [Range(0.0, 1e6)]
    public double CheckpointMinutes { get; init; } = 5;

    [Display(GroupName = Tracking, Prompt = "NAME", Description =
        "Record the run at Weights & Biases, in this project; on disk for 'wandb sync' when there is no API key.")]
    public string? WandbProject { get; init; }

    [Display(GroupName = Tracking, Prompt = "NAME", Description = "The W&B user or team that the project belongs to.")]
    public string? WandbEntity { get; init; }

    [Display(GroupName = Tracking, Prompt = "NAME", Description = "What W&B calls the run; it thinks of something when left out.")]
    public string? WandbName { get; init; }

    [Display(GroupName = Tracking, Prompt = "TAG", Description = "Words to find the run by at W&B. Several may be given, or one list with commas.")]
    public string[] WandbTags { get; init; } = [];

    [Display(GroupName = Tracking, Prompt = "auto|online|offline|disabled", Description =
        "Where W&B records; auto is online with an API key (WANDB_API_KEY or netrc) and offline without.")]
    public WandbMode WandbMode { get; init; } = WandbMode.Auto;

    [Display(GroupName = Tracking, Prompt = "none|allow|must|never", Description =
        "Whether to go on with a W&B run of the same id (that of the run folder, or WANDB_RUN_ID), if there is one. With --resume, allow is understood.")]
    public ResumeMode WandbResume { get; init; } = ResumeMode.None;

    [Display(Name = "tensorboard", GroupName = Tracking, Description = "Write event files for TensorBoard to the run's folder.")]
    public bool TensorBoard { get; init; }

    [Display(GroupName = Validating, Prompt = "N", Description =
        "Images between two validations of the averaged generator on the photos of --val_path; there is one at the end as well. 0 for none.")]
    [Range(0L, long.MaxValue)]
    public long ValidateEvery { get; init; } = 50_000;

    [Display(GroupName = Validating, Prompt = "N", Description = "Validation photos to use, at most.")]
    [Range(1, int.MaxValue)]
    public int ValidatePhotos { get; init; } = 200;

    [Display(GroupName = Validating, Prompt = "FILE", Description =
        "LPIPS v0.1 on SqueezeNet, to validate with, never to learn from. With it or the next, the best generator is kept as best.safetensors.")]
    public string? LpipsWeights { get; init; }

    [Display(GroupName = Validating, Prompt = "FILE", Description =
        "The FID Inception of 2015-12-05, to validate with (FID-768), never to learn from.")]
    public string? InceptionWeights { get; init; }

    [Display(GroupName = Optimization, Prompt = "N", Description = "Photos per step.")]
    [Range(1, 4096)]
    public int BatchSize { get; init; } = 32;

    [Display(Name = "lr", GroupName = Optimization, Prompt = "X", Description = "Adam's learning rate, for generator and discriminators.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 2e-4;

    [Display(GroupName = Optimization, Prompt = "constant|cosine", Description =
        "Whether the learning rate stays or falls to 0 along half a cosine, from --lr_decay_start to --lr_decay_end.")]
    public DecayChoice LrSchedule { get; init; } = DecayChoice.Constant;

    [Display(GroupName = Optimization, Prompt = "N", Description = "First steps, over which the learning rate rises linearly.")]
    [Range(0L, long.MaxValue)]
    public long LrWarmUpSteps { get; init; }

    [Display(GroupName = Optimization, Prompt = "N", Description = "Step at which the cosine begins.")]
    [Range(0L, long.MaxValue)]
    public long LrDecayStart { get; init; }

    [Display(GroupName = Optimization, Prompt = "N", Description =
        "Step at which the cosine reaches 0; the run's last step when left out.")]
    [Range(1L, long.MaxValue)]
    public long? LrDecayEnd { get; init; }

    [Display(GroupName = Optimization, Prompt = "X", Description = "Adam's decay rate of the first moment.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta1 { get; init; } = 0.5;

    [Display(GroupName = Optimization, Prompt = "X", Description = "Adam's decay rate of the second moment.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta2 { get; init; } = 0.999;

    [Display(GroupName = Optimization, Prompt = "N", Description = "First steps, in which the generator does not listen to the discriminators yet.")]
    [Range(0, int.MaxValue)]
    public int WarmUpSteps { get; init; } = 100;

    [Display(GroupName = Optimization, Prompt = "N", Description =
        "Images after which a set of weights counts half in the averaged generator, which is what gets used.")]
    [Range(1.0, 1e12)]
    public double EmaHalfLife { get; init; } = 10_000;

    [Display(GroupName = Objective, Prompt = "X", Description = "Weight of the L1 distance to the original.")]
    [Range(0.0, 1e6)]
    public double ReconstructionWeight { get; init; } = 1;

    [Display(GroupName = Objective, Prompt = "X", Description = "Weight of the perceptual distance; needs --vgg_weights or --resnet_weights.")]
    [Range(0.0, 1e6)]
    public double PerceptualWeight { get; init; } = 3;

    [Display(GroupName = Objective, Prompt = "X", Description = "Weight of the patch discriminator's verdict.")]
    [Range(0.0, 1e6)]
    public double AdversarialWeight { get; init; } = 0.5;

    [Display(GroupName = Objective, Prompt = "X", Description =
        "Weight of the verdict of discriminators on frozen features; needs --resnet_weights or --vgg_weights.")]
    [Range(0.0, 1e6)]
    public double ProjectedWeight { get; init; } = 1;

    [Display(GroupName = Objective, Prompt = "X", Description = "Weight of the distance of the patch discriminator's activations.")]
    [Range(0.0, 1e6)]
    public double FeatureMatchingWeight { get; init; } = 2;

    [Display(GroupName = Objective, Prompt = "X", Description =
        "Weight of how much more (or less) the fill is like the mirrored photograph than the original is.")]
    [Range(0.0, 1e6)]
    public double MirrorWeight { get; init; } = 1;

    [Display(GroupName = Objective, Prompt = "X", Description = "Weight of the squared distance of the fill's broad colours.")]
    [Range(0.0, 1e6)]
    public double ColourWeight { get; init; } = 2;

    [Display(GroupName = Objective, Prompt = "X", Description =
        "Share of each batch's fakes that are mirrored photographs instead of outpainted ones, so that the discriminators learn to tell those.")]
    [Range(0.0, 1.0)]
    public double MirrorNegatives { get; init; } = 0.25;

    [Display(GroupName = Objective, Prompt = "X", Description =
        "Share of each batch whose known part ends in an earlier fill, as where a picture grows in several steps.")]
    [Range(0.0, 1.0)]
    public double EarlierFills { get; init; } = 0.25;

    [Display(GroupName = Objective, Prompt = "X", Description =
        "How strongly the mirrored picture that the generator starts from is bent at random: what fills of another seed start from.")]
    [Range(0.0, 1.0)]
    public double PrefillWarp { get; init; } = 0.7;

    [Display(GroupName = Objective, Prompt = "X", Description =
        "R1 on the patch discriminator: weight of its squared gradient on photographs, halved, as StyleGAN2's gamma (there 10).")]
    [Range(0.0, 1e6)]
    public double R1Gamma { get; init; }

    [Display(GroupName = Objective, Prompt = "N", Description = "Steps between two of R1, each with that many times the weight.")]
    [Range(1, int.MaxValue)]
    public int R1Every { get; init; } = 16;

    [Display(GroupName = Objective, Description =
        "Change colours, shift and blank parts of what the discriminators see (DiffAugment), for few photos.")]
    public bool DiffAugment { get; init; }

    [Display(GroupName = Networks, Prompt = "FILE", Description =
        "VGG19 for the perceptual loss: torchvision's .pth or safetensors, whole or cut off after any layer.")]
    public string? VggWeights { get; init; }

    [Display(Name = "resnet_weights", GroupName = Networks, Prompt = "FILE", Description =
        "ResNet-50 for the perceptual loss and the discriminators on features: torchvision's .pth or safetensors, whole or cut off after layer3.")]
    public string? ResNetWeights { get; init; }

    [Display(Name = "resnet_dilated", GroupName = Networks, Description =
        "Let ResNet-50's layer3 dilate instead of stride, as in LaMa: features at twice the resolution and four times the work there.")]
    public bool ResNetDilated { get; init; }

    [Display(GroupName = Networks, Prompt = "FILE", Description =
        "Start from this generator instead of from nothing, and from the discriminators.safetensors in its folder, if there: to fine-tune, or to train the built-in weights (weights/outpaint.safetensors) on.")]
    public string? InitWeights { get; init; }

    [Display(GroupName = Networks, Prompt = "N", Description = "Generator: channels at half resolution, a multiple of 8.")]
    [Range(8, 512)]
    public int GeneratorWidth { get; init; } = 64;

    [Display(GroupName = Networks, Prompt = "N", Description = "Generator: dilated blocks at an eighth of the resolution; more than --init_weights has are added to it.")]
    [Range(1, 64)]
    public int GeneratorDepth { get; init; } = 8;

    [Display(GroupName = Networks, Prompt = "N", Description = "Patch discriminator: channels of its first layer.")]
    [Range(8, 512)]
    public int DiscriminatorWidth { get; init; } = 64;

    /// <summary>How photos are decoded: with the resolution of the largest crop, because more would only take memory.</summary>
    public ImageDatasetOptions Decoding() => new() { MaxShortSide = (int)(ImageSize * Math.Max(1, CropScaleMax)), Workers = Workers };

    /// <summary>The generator's size.</summary>
    internal GeneratorOptions Generator => new(GeneratorWidth, GeneratorDepth);

    /// <summary>Whether the run is validated.</summary>
    internal bool Validates => ValPath.Length > 0 && ValidateEvery > 0;
}
