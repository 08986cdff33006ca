using System.ComponentModel.DataAnnotations;
using Outpaint.Inference;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>The options of <c>outpaint extend</c>.</summary>
internal sealed record ExtendOptions
{
    [Display(GroupName = "Input", Prompt = "PICTURE", Description =
        "A picture to extend (JPEG, PNG, WebP, TIFF, GIF, AVIF, HEIC), a folder of them, a quoted pattern ('photos/**/*.jpg'), or a list with one path per line: @FILE, or - for standard input. Several may be given, also without the option's name.")]
    public string[] InputImage { get; init; } = [];

    [Display(GroupName = "Input", Description = "Search folders with their subfolders; the results keep the tree.")]
    public bool Recursive { get; init; }

    [Display(GroupName = "Extension", Prompt = "R", Description =
        "How much longer each side becomes, relative to itself: 0.5 makes 128 x 128 pixels 192 x 192; beyond 0.5 the picture grows in steps. [default: 0.5]")]
    [Range(0, CanvasGeometry.MaxRatio, MinimumIsExclusive = true)]
    public double? ExtensionRatio { get; init; }

    [Display(GroupName = "Extension", Prompt = "N|N%", Description =
        "Instead of a ratio: how much to add on the left, in pixels or as a share of the picture's width.")]
    public string? Left { get; init; }

    [Display(GroupName = "Extension", Prompt = "N|N%", Description = "The same on the right.")]
    public string? Right { get; init; }

    [Display(GroupName = "Extension", Prompt = "N|N%", Description = "The same above; a share is of the picture's height.")]
    public string? Top { get; init; }

    [Display(GroupName = "Extension", Prompt = "N|N%", Description = "The same below.")]
    public string? Bottom { get; init; }

    [Display(GroupName = "Extension", Prompt = "WxH", Description = "Instead of a ratio: the size of the result in pixels. A picture that has it is passed over.")]
    public string? Size { get; init; }

    [Display(GroupName = "Extension", Prompt = "W:H", Description =
        "Instead of a ratio: the shape of the result. The picture grows in width or in height, whichever is too small, and is never cropped; one that has the shape is passed over.")]
    public string? Aspect { get; init; }

    [Display(GroupName = "Extension", Prompt = "PLACE", Description =
        "Where the picture sits in the result: center, left, right, top, bottom, top-left, top-right, bottom-left or bottom-right. With left, everything is added on the right. [default: center]")]
    public Anchor? Anchor { get; init; }

    [Display(GroupName = "Extension", Prompt = "N", Description =
        "Let the picture fade into the new part over its own outer N pixels, which are changed; a narrower frame, as scans have, is left out. With 0 every pixel of the picture stays as it is.")]
    [Range(0, int.MaxValue)]
    public int Feather { get; init; }

    [Display(GroupName = "Extension", Prompt = "N", Description =
        "Which of many fills of a picture to make; the same number makes the same one again.")]
    [Range(0, int.MaxValue)]
    public int Seed { get; init; }

    [Display(GroupName = "Extension", Prompt = "N", Description =
        "Make so many fills of each picture, with --seed and the numbers after it: photo_outpainted_seed0.jpg, photo_outpainted_seed1.jpg...")]
    [Range(1, 1000)]
    public int Variations { get; init; } = 1;

    [Display(GroupName = "Extension", Prompt = "FILE", Description =
        "Weights of a generator trained with this program (.safetensors), instead of the built-in ones.")]
    public string? Weights { get; init; }

    [Display(GroupName = "Extension", Prompt = "N", Description =
        "Steps of fine-tuning: let the generator learn from each picture itself before it extends it. Takes a minute or more for a picture instead of a second; often helps where it shows what landscapes do not, such as cups or leaves, and may harm elsewhere: compare. 30 are usual, 0 are none.")]
    [Range(0, 10_000)]
    public int FineTune { get; init; }

    [Display(GroupName = "Output", ShortName = "o", Prompt = "FILE", Description =
        "Of a single picture: the file to write, whose extension is its format, instead of --output_dir and --format. Its folder is made if missing.")]
    public string? Output { get; init; }

    [Display(GroupName = "Output", Prompt = "DIR", Description =
        "Folder for the results, made if missing; it is relative to the current folder. A result is named after its picture: photo.jpg becomes photo_outpainted.jpg. [default: outputs]")]
    public string? OutputDir { get; init; }

    [Display(GroupName = "Output", Prompt = "N", Description =
        "Quality of lossy formats; a higher one makes better pictures and larger files. PNG and TIFF have none. [default: a JPEG's own; else 95 for JPEG, 90 for WebP, 80 for AVIF and HEIC]")]
    [Range(1, 100)]
    public int? Quality { get; init; }

    [Display(GroupName = "Output", Prompt = "FORMAT", Description =
        "File format of the results, which is their extension, too: jpg, jpeg, png, webp, tif, tiff, avif or heic. [default: the picture's own; PNG for a GIF]")]
    public ResultFormat? Format { get; init; }

    [Display(GroupName = "Output", Description =
        "Leave out what may be private: place, time, camera, captions, comments. The colour profile stays, and the note that the picture was extended.")]
    public bool Strip { get; init; }

    [Display(GroupName = "Output", Description = "Also write a mask, white where pixels are new, as photo_outpainted_mask.png.")]
    public bool MaskOut { get; init; }

    [Display(GroupName = "Output", Description = "Replace results that exist already, and their masks; without it they are left alone and reported.")]
    public bool Overwrite { get; init; }

    [Display(GroupName = "Output", Description =
        "Pass over pictures whose results exist already: goes on with a batch that was stopped, as no result is ever half-written.")]
    public bool SkipExisting { get; init; }

    [Display(GroupName = "Output", Description = "Read the pictures, print what would be written, and write nothing but the --report, if one is given.")]
    public bool DryRun { get; init; }

    [Display(GroupName = "Output", Prompt = "FILE", Description =
        "Write what became of each picture as JSON: files, sizes, place, seconds, error. An older report is replaced, and no other file.")]
    public string? Report { get; init; }

    /// <summary>The folder that results go to.</summary>
    public string ResultFolder => Output is null ? OutputDir ?? "outputs" : Path.GetDirectoryName(Path.GetFullPath(Output))!;

    /// <summary>The option that says where results go.</summary>
    public string Destination => Output is null ? "--output_dir" : "--output";
}
