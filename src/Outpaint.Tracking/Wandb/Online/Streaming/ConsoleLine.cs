using System.Globalization;
using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb.Online.Streaming;

/// <summary>A line of console output.</summary>
/// <param name="Stream">Where it was written to.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="Text">The line without its end.</param>
internal sealed record ConsoleLine(OutputRawRecord.Types.OutputType Stream, DateTime Time, string Text)
{
    /// <summary>The line as W&amp;B streams it: microseconds, no time zone, a mark for standard error.</summary>
    public override string ToString()
    {
        string mark = Stream == OutputRawRecord.Types.OutputType.Stderr ? "ERROR " : "";
        return $"{mark}{Time.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture)} {Text}";
    }
}
