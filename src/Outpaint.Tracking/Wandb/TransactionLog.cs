namespace Outpaint.Tracking.Wandb;

/// <summary>
/// The layout of a <c>.wandb</c> file: a header, then records cut into chunks that fit blocks, as in LevelDB's log but
/// with a plain CRC-32 (github.com/wandb/wandb, core/pkg/leveldb/record.go).
/// </summary>
internal static class TransactionLog
{
    /// <summary>Blocks are counted from the start of the file, header included.</summary>
    internal const int BlockSize = 32768;

    /// <summary>CRC-32 of type and payload (4 bytes), length of the payload (2), type (1).</summary>
    internal const int ChunkHeaderSize = 7;

    /// <summary>":W&amp;B", the magic number 0xBEE1, version 0.</summary>
    internal static ReadOnlySpan<byte> FileHeader => [(byte)':', (byte)'W', (byte)'&', (byte)'B', 0xE1, 0xBE, 0];
}
