using System.Text;
using Outpaint.Tracking.Wandb.Protocol;
using static Outpaint.Tracking.Wandb.Protocol.OutputRawRecord.Types;

namespace Outpaint.Tracking.Wandb.Online.Streaming;

/// <summary>Joins what was written to the console, which may come in pieces, into lines.</summary>
internal sealed class ConsoleLines
{
    private readonly Dictionary<OutputType, StringBuilder> unfinished = new() { [OutputType.Stderr] = new(), [OutputType.Stdout] = new() };
    private DateTime lastTime;

    /// <summary>Adds a piece.</summary>
    /// <returns>The lines that it completes.</returns>
    public List<ConsoleLine> Add(OutputRawRecord piece)
    {
        StringBuilder line = unfinished[piece.OutputType];
        lastTime = piece.Timestamp?.ToDateTime() ?? lastTime;
        var complete = new List<ConsoleLine>();
        string[] parts = piece.Line.Split('\n');
        foreach (string part in parts[..^1])
        {
            complete.Add(new ConsoleLine(piece.OutputType, lastTime, Visible(line.Append(part))));
            line.Clear();
        }

        line.Append(parts[^1]);
        return complete;
    }

    /// <summary>What was written without an end of line.</summary>
    public IEnumerable<ConsoleLine> Rest() => unfinished
        .Where(stream => stream.Value.Length > 0)
        .Select(stream => new ConsoleLine(stream.Key, lastTime, Visible(stream.Value)));

    // A carriage return goes back to the start of the line, as progress bars do.
    private static string Visible(StringBuilder line)
    {
        string text = line.ToString().TrimEnd('\r');
        return text[(text.LastIndexOf('\r') + 1)..];
    }
}
