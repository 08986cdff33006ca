using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using Google.Protobuf;
using Outpaint.Tracking.Wandb.Protocol;

namespace Outpaint.Tracking.Wandb;

/// <summary>Writes a <c>.wandb</c> file. After each call the record is with the operating system: a killed program loses none.</summary>
internal sealed class TransactionLogWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> framed = new();
    private readonly FileStream file;
    private long position;
    private long records;

    /// <summary>Starts a log.</summary>
    /// <exception cref="IOException">It exists, or it cannot be written.</exception>
    internal TransactionLogWriter(string path)
    {
        // Unbuffered, and readable while it grows.
        file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(TransactionLog.FileHeader);
        position = TransactionLog.FileHeader.Length;
    }

    /// <summary>Appends a record and gives it its number.</summary>
    internal void Append(Record record)
    {
        record.Num = ++records;
        Append(record.ToByteArray());
    }

    /// <summary>Appends a serialized record.</summary>
    internal void Append(ReadOnlySpan<byte> payload)
    {
        framed.ResetWrittenCount();
        bool first = true, last;
        do
        {
            PadUnlessHeaderFits();
            // With room for a header only, the first chunk stays empty.
            int length = Math.Min(RoomInBlock() - TransactionLog.ChunkHeaderSize, payload.Length);
            last = length == payload.Length;
            WriteChunk(TypeOf(first, last), payload[..length]);
            payload = payload[length..];
            first = false;
        }
        while (!last);
        file.Write(framed.WrittenSpan);
        position += framed.WrittenCount;
    }

    public void Dispose() => file.Dispose();

    private static ChunkType TypeOf(bool first, bool last) => (first, last) switch
    {
        (true, true) => ChunkType.Full,
        (true, false) => ChunkType.First,
        (false, false) => ChunkType.Middle,
        (false, true) => ChunkType.Last,
    };

    private void PadUnlessHeaderFits()
    {
        int left = RoomInBlock();
        if (left >= TransactionLog.ChunkHeaderSize)
            return;
        framed.GetSpan(left)[..left].Clear();
        framed.Advance(left);
    }

    private int RoomInBlock() =>
        TransactionLog.BlockSize - (int)((position + framed.WrittenCount) % TransactionLog.BlockSize);

    private void WriteChunk(ChunkType type, ReadOnlySpan<byte> payload)
    {
        int size = TransactionLog.ChunkHeaderSize + payload.Length;
        Span<byte> chunk = framed.GetSpan(size)[..size];
        payload.CopyTo(chunk[TransactionLog.ChunkHeaderSize..]);
        chunk[6] = (byte)type;
        BinaryPrimitives.WriteUInt16LittleEndian(chunk[4..], (ushort)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk, Crc32.HashToUInt32(chunk[6..]));
        framed.Advance(size);
    }
}
