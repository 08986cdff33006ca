using Outpaint.Inference;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>What became of one picture, as the report shows it.</summary>
internal sealed record PictureResult(string Input, int? Seed, string? Output, string? Mask, PictureStatus Status)
{
    /// <summary>Starts the record of a job.</summary>
    public PictureResult(ExtendJob job, PictureStatus status)
        : this(job.Input, job.Seed, job.Output, job.Mask, status)
    {
    }

    /// <summary>The record of an input in which there is no picture to work on.</summary>
    public PictureResult(string input, string error)
        : this(input, null, null, null, PictureStatus.Failed) => Error = error;

    /// <summary>Sizes and place of the picture, if it could be read.</summary>
    public CanvasGeometry? Canvas { get; init; }

    /// <summary>How long it took, from reading to writing, and waiting for its turn between; null unless <see cref="PictureStatus.Extended"/>.</summary>
    public double? Seconds { get; init; }

    /// <summary>The <c>--feather</c> that would leave out a frame that is seen in the result; null if none is.</summary>
    public int? FrameFeather { get; init; }

    /// <summary>What went wrong, in one line.</summary>
    public string? Error { get; init; }
}
