namespace Outpaint.Cli.Commands;

/// <summary>One picture to extend, and the files to write.</summary>
internal sealed record ExtendJob(string Input, string Output, string? Mask)
{
    /// <summary>The job for a picture.</summary>
    public static ExtendJob For(InputPicture picture, ExtendOptions options)
    {
        string output = Path.Combine(options.OutputDir, ResultName.Of(picture.Name, options.Format));
        return new ExtendJob(picture.Path, output, options.MaskOut ? ResultName.OfMask(output) : null);
    }

    /// <summary>The files to write.</summary>
    public IEnumerable<string> Outputs => Mask is null ? [Output] : [Mask, Output];
}
