namespace Outpaint.Cli.Commands;

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
            yield return new ExtendJob(picture.Path, seed, output, options.MaskOut ? ResultName.OfMask(output) : null)
            {
                KeepsResult = options.SkipExisting && File.Exists(output),
                OldMask = options.Overwrite && !options.MaskOut && ResultName.Matches(output) ? ResultName.OfMask(output) : null,
            };
        }
    }

    /// <summary>Whether the result was there before and stays, so that only its mask is made.</summary>
    public bool KeepsResult { get; init; }

    /// <summary>
    /// Where the result that is replaced may have a mask, which would not fit the new one. Beside a file that the user named, a
    /// mask may be the user's own, and stays.
    /// </summary>
    public string? OldMask { get; init; }

    /// <summary>The files that there are in the end.</summary>
    public IEnumerable<string> Outputs => Mask is null ? [Output] : [Mask, Output];

    /// <summary>Those of them to write.</summary>
    public IEnumerable<string> Written => KeepsResult ? Outputs.Except([Output]) : Outputs;
}
