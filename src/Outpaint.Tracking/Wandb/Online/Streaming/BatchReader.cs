using Outpaint.Tracking.Wandb.Protocol;
using RecordKind = Outpaint.Tracking.Wandb.Protocol.Record.RecordTypeOneofCase;

namespace Outpaint.Tracking.Wandb.Online.Streaming;

/// <summary>Reads a log in portions of the size of a request.</summary>
/// <param name="log">The log.</param>
/// <param name="replay">Goes through its records.</param>
internal sealed class BatchReader(TransactionLogReader log, RunReplay replay)
{
    // Half of what the server takes at once, since the quotes in a line are escaped.
    private const long MostCharacters = 4 << 20;

    /// <summary>Reads what can be said when the run is announced. Lines wait until it is known whether it goes on from an earlier one.</summary>
    /// <exception cref="InvalidDataException">The log is damaged.</exception>
    public void ReadBeginning(FileStreamBatch batch)
    {
        long position = log.Position;
        while (log.Read() is { } record)
        {
            if (record.RecordTypeCase is not (RecordKind.Header or RecordKind.Run or RecordKind.Telemetry
                or RecordKind.Environment or RecordKind.Config or RecordKind.Metric))
            {
                log.Seek(position);
                return;
            }

            replay.Apply(record, batch);
            position = log.Position;
        }
    }

    /// <summary>Fills a batch with what follows, up to the run's end.</summary>
    /// <returns>Whether it is full, and there may be more.</returns>
    /// <exception cref="InvalidDataException">The log is damaged.</exception>
    public bool Fill(FileStreamBatch batch)
    {
        while (replay.Exit is null && log.Read() is { } record)
        {
            replay.Apply(record, batch);
            if (batch.Size >= MostCharacters)
                return replay.Exit is null;
        }

        return false;
    }
}
