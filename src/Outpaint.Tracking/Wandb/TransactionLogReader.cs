using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;
using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb;

/// <summary>Reads a <c>.wandb</c> file, also while it is being written: at its end, ask again later.</summary>
internal sealed class TransactionLogReader : IDisposable
{
    private readonly byte[] block = new byte[TransactionLog.BlockSize];
    private readonly ArrayBufferWriter<byte> payload = new();
    private readonly SafeFileHandle file;
    private readonly string path;
    private long blockStart = -1;
    private int blockLength;

    /// <summary>Opens a log.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal TransactionLogReader(string path)
    {
        this.path = path;
        file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Where the next record starts, in bytes; pass it to <see cref="Seek"/> to go on from there another time.</summary>
    internal long Position { get; private set; }

    /// <summary>Whether the last read found the beginning of a record but not its end: it is being written, or its writer was killed.</summary>
    internal bool EndsInsideRecord { get; private set; }

    /// <summary>Goes to a <see cref="Position"/> of before.</summary>
    internal void Seek(long position) => Position = position;

    /// <summary>The next record, or null at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged here, or no transaction log.</exception>
    internal Record? Read() => ReadPayload() is { } bytes ? Record.Parser.ParseFrom(bytes) : null;

    /// <summary>The next record's bytes, or null at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged here, or no transaction log.</exception>
    internal byte[]? ReadPayload()
    {
        long at = Position;
        if (at == 0)
        {
            ReadOnlySpan<byte> header = Peek(0, TransactionLog.FileHeader.Length);
            EndsInsideRecord = header.Length < TransactionLog.FileHeader.Length;
            if (EndsInsideRecord)
                return null;
            if (!header.SequenceEqual(TransactionLog.FileHeader))
                throw new InvalidDataException($"{path} is no W&B transaction log: it does not start as one.");
            at = Position = header.Length;
        }

        payload.ResetWrittenCount();
        bool inside = false;
        while (true)
        {
            int left = TransactionLog.BlockSize - (int)(at % TransactionLog.BlockSize);
            ReadOnlySpan<byte> rest = Peek(at, left);
            if (left < TransactionLog.ChunkHeaderSize || IsUnused(rest))
            {
                if (rest.Length < left)
                    return End(inside);
                at += left;
                continue;
            }

            if (rest.Length < TransactionLog.ChunkHeaderSize)
                return End(inside || rest.Length > 0);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest[4..]);
            if (length > left - TransactionLog.ChunkHeaderSize)
                throw Damaged(at, "a chunk reaches beyond its block");
            if (rest.Length < TransactionLog.ChunkHeaderSize + length)
                return End(insideRecord: true);
            rest = rest[..(TransactionLog.ChunkHeaderSize + length)];
            if (Crc32.HashToUInt32(rest[6..]) != BinaryPrimitives.ReadUInt32LittleEndian(rest))
                throw Damaged(at, "a checksum is wrong");

            var type = (ChunkType)rest[6];
            if (type is < ChunkType.Full or > ChunkType.Last || (type is ChunkType.Middle or ChunkType.Last) != inside)
                throw Damaged(at, "chunks are out of order");
            payload.Write(rest[TransactionLog.ChunkHeaderSize..]);
            at += rest.Length;
            if (type is ChunkType.Full or ChunkType.Last)
            {
                (Position, EndsInsideRecord) = (at, false);
                return payload.WrittenSpan.ToArray();
            }

            inside = true;
        }
    }

    public void Dispose() => file.Dispose();

    // Zeros are the padding of a block, or space that was reserved and never written.
    private static bool IsUnused(ReadOnlySpan<byte> rest) =>
        rest.Length >= TransactionLog.ChunkHeaderSize && rest[..TransactionLog.ChunkHeaderSize].IndexOfAnyExcept((byte)0) < 0;

    private byte[]? End(bool insideRecord)
    {
        EndsInsideRecord = insideRecord;
        return null;
    }

    private InvalidDataException Damaged(long at, string how) => new($"{path} is damaged at byte {at}: {how}.");

    // Up to count bytes of the file, within one block; fewer at its end.
    private ReadOnlySpan<byte> Peek(long at, int count)
    {
        int offset = (int)(at % TransactionLog.BlockSize);
        if (blockStart != at - offset || blockLength < offset + count)
        {
            blockStart = at - offset;
            blockLength = RandomAccess.Read(file, block, blockStart);
        }

        return block.AsSpan(0, blockLength)[Math.Min(offset, blockLength)..Math.Min(offset + count, blockLength)];
    }
}
