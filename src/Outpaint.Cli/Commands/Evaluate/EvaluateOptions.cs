using System.ComponentModel.DataAnnotations;
using Outpaint.Inference;
using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Metrics.Fid;

namespace Outpaint.Cli.Commands.Evaluate;

/// <summary>The options of <c>outpaint evaluate</c>.</summary>
internal sealed record EvaluateOptions
{
    // Together they leave a ring of 8 pixels; a narrower one has no room for the windows of SSIM and texture.
    private const double MinRatio = 0.125;
    private const int MinKnownSize = OutpaintProtocol.UsualKnownSize;

    [Display(GroupName = "Photos", Prompt = "DIR|TAR", Description =
        "Photos to test on: folders (with subfolders) or .tar shards. Several may be given.")]
    public string[] DataPath { get; init; } = [];

    [Display(GroupName = "Photos", Prompt = "R", Description =
        "How much longer each side becomes: 0.5 keeps the centre 128 x 128 of each photo and has it extended to 192 x 192.")]
    [Range(MinRatio, CanvasGeometry.MaxRatio)]
    public double ExtensionRatio { get; init; } = 0.5;

    [Display(GroupName = "Photos", Prompt = "PX", Description =
        "Side of that centre in pixels: with 512, the centre 512 x 512 of each photo is extended to 768 x 768. Smaller photos are enlarged to that.")]
    [Range(MinKnownSize, 2048)]
    public int KnownSize { get; init; } = OutpaintProtocol.UsualKnownSize;

    [Display(GroupName = "Photos", Prompt = "SIDE,...", Description =
        "Extend left, right, top or bottom only, or several of them: --sides right,bottom. What is known then reaches to the other edges. All by default.")]
    public string? Sides { get; init; }

    [Display(GroupName = "Photos", Prompt = "N", Description = "Use the first N photos only.")]
    [Range(1, int.MaxValue)]
    public int? Limit { get; init; }

    [Display(GroupName = "Methods", Prompt = "FILE", Description = "Weights of the generator to test, instead of the built-in ones.")]
    public string? Weights { get; init; }

    [Display(GroupName = "Methods", Prompt = "N", Description =
        "Test so many fills of each photo, of the seeds 0, 1 and so on, each as a method of its own, and how different they are.")]
    [Range(1, 100)]
    public int Variations { get; init; } = 1;

    [Display(GroupName = "Methods", Description = "Also score repeating the edge and mirroring, which need no model.")]
    public bool Baselines { get; init; }

    [Display(GroupName = "Methods", Prompt = "DIR", Description =
        "Also score another program's outputs: a folder with one picture per photo, named as --export_inputs names the inputs. Several may be given.")]
    public string[] Peer { get; init; } = [];

    [Display(GroupName = "Metrics", Prompt = "FILE", Description = "LPIPS v0.1 with SqueezeNet; without it LPIPS is left out.")]
    public string? LpipsWeights { get; init; }

    [Display(GroupName = "Metrics", Prompt = "FILE", Description =
        "The FID Inception network, such as pytorch-fid's; without it FID is left out. A file that ends at Mixed_6e gives FID-768 only.")]
    public string? InceptionWeights { get; init; }

    [Display(GroupName = "Output", Prompt = "DIR", Description = "Folder for report.html, results.json, results.md and examples.png, made if missing.")]
    public string OutputDir { get; init; } = "evaluation";

    [Display(GroupName = "Output", Prompt = "N", Description =
        "Photos to show: in report.html the worst, median and best by LPIPS, in examples.png some spread evenly over the set. 0 shows none.")]
    [Range(0, 100)]
    public int Examples { get; init; } = 12;

    [Display(GroupName = "Output", Prompt = "DIR", Description =
        "Write the inputs as PNG files, hole grey, with mask.png (white in the hole), for other programs to run on; nothing is scored.")]
    public string? ExportInputs { get; init; }
}
