using System.ComponentModel.DataAnnotations;
using Outpaint.Inference;

namespace Outpaint.Cli.Commands;

/// <summary>The options of <c>outpaint extend</c>.</summary>
internal sealed record ExtendOptions
{
    [Display(GroupName = "Input", Prompt = "FILE|DIR", Description =
        "Picture to extend (JPEG, PNG, WebP, TIFF, GIF, AVIF, HEIC), or a folder of them (not its subfolders). Several may be given, also without the option's name.")]
    public string[] InputImage { get; init; } = [];

    [Display(GroupName = "Extension", Prompt = "R", Description =
        "How much longer each side becomes, relative to itself, split evenly on both ends: 0.5 makes 128 x 128 pixels 192 x 192. Above 0, at most 3; beyond 0.5 the picture grows in steps.")]
    [Range(0, CanvasGeometry.MaxRatio, MinimumIsExclusive = true)]
    public double ExtensionRatio { get; init; } = 0.5;

    [Display(GroupName = "Extension", Prompt = "FILE", Description =
        "Weights of a generator trained with this program (.safetensors), instead of the built-in ones.")]
    public string? Weights { get; init; }

    [Display(GroupName = "Output", Prompt = "DIR", Description =
        "Folder for the results, made if missing; it is relative to the current folder. A result is named after its picture: photo.jpg becomes photo_outpainted.jpg.")]
    public string OutputDir { get; init; } = "outputs";

    [Display(GroupName = "Output", Prompt = "N", Description =
        "Quality of lossy formats, 1 (small) to 100 (best). [default: a JPEG's own; else 95 for JPEG, 90 for WebP, 80 for AVIF and HEIC]")]
    [Range(1, 100)]
    public int? Quality { get; init; }

    [Display(GroupName = "Output", Prompt = "FORMAT", Description =
        "File format of the results: same (as the picture's; PNG for a GIF), jpeg, png, webp, tiff, avif or heic.")]
    public ResultFormat Format { get; init; }

    [Display(GroupName = "Output", Description =
        "Leave out what may be private: place, time, camera, captions, comments. The colour profile stays, and the note that the picture was extended.")]
    public bool Strip { get; init; }

    [Display(GroupName = "Output", Description = "Replace results that exist already; without it they are left alone and reported.")]
    public bool Overwrite { get; init; }
}
