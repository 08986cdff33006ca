namespace Outpaint.Cli.Commands.Extend;

/// <summary>One fill of one picture, and the files to write.</summary>
internal sealed record ExtendJob(string Input, int Seed, string Output, string? Mask)
{
    /// <summary>The jobs for a picture, one per variation.</summary>
    public static IEnumerable<ExtendJob> For(InputPicture picture, ExtendOptions options)
    {
        for (int variation = 0; variation < options.Variations; variation++)
        {
            int seed = options.Seed + variation;
            string output = options.Output ?? Path.Combine(options.ResultFolder, ResultName.Of(picture, options.Format, options.Variations > 1 ? seed : null));
            string mask = ResultName.OfMask(output);
            string? other = (options.MaskOut || options.Overwrite) && !File.Exists(output) ? ResultName.OthersOfMask(output).FirstOrDefault(File.Exists) : null;
            yield return new ExtendJob(picture.Path, seed, output, options.MaskOut ? mask : null)
            {
                KeepsResult = options.SkipExisting && IsThere(output),
                OldMask = options.Overwrite && (options.MaskOut || (ResultName.Matches(output) && other is null)) ? mask : null,
                Clash = options.MaskOut && !options.Overwrite && other is not null && File.Exists(mask)
                    ? $"{picture.Path}: {mask} is the mask of {other}; extend this one with another {options.Destination}, or rename it."
                    : null,
            };
        }
    }

    /// <summary>Why the job cannot be done beside the others, in one line.</summary>
    public string? Clash { get; init; }

    /// <summary>Whether the result was there before and stays, so that only its mask is made.</summary>
    public bool KeepsResult { get; init; }

    /// <summary>
    /// Where the result that is replaced may have a mask, which would not fit the new one. Beside a file that the user named, a
    /// mask may be the user's own, and stays unless a new one is asked for.
    /// </summary>
    public string? OldMask { get; init; }

    /// <summary>The files that there are in the end.</summary>
    public IEnumerable<string> Outputs => Mask is null ? [Output] : [Output, Mask];

    /// <summary>Those that are replaced only if the user asks for it: a mask of this program's without its result is worth nothing.</summary>
    public IEnumerable<string> Guarded => ResultName.Matches(Output) ? [Output] : Outputs;

    /// <summary>Whether all of them are there.</summary>
    public bool IsDone => Outputs.All(IsThere);

    /// <summary>Those of them to write.</summary>
    public IEnumerable<string> Written => KeepsResult ? Outputs.Except([Output]) : Outputs;

    /// <summary>One of those that is a link to nothing; null if there is none.</summary>
    public string? DeadLink => Written.FirstOrDefault(file => File.Exists(file) && !IsThere(file));

    // A link to nothing is a file, too, to File.Exists.
    private static bool IsThere(string file) => File.Exists(file) && File.ResolveLinkTarget(file, returnFinalTarget: true) is null or { Exists: true };
}
