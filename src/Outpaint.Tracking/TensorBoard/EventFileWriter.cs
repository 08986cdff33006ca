using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Outpaint.Tracking.TensorBoard.Protocol;

namespace Outpaint.Tracking.TensorBoard;

/// <summary>
/// Writes an event file: records of length (8 bytes), its checksum (4), the event, its checksum (4), all little-endian
/// (TensorFlow's TFRecord format). After each call the event is with the operating system.
/// </summary>
internal sealed class EventFileWriter : IDisposable
{
    private readonly FileStream file;

    /// <summary>Starts a file whose name TensorBoard recognizes.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal EventFileWriter(string folder, DateTimeOffset start)
    {
        string name = $"events.out.tfevents.{start.ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}";
        Directory.CreateDirectory(folder);
        int number = 0;
        while (File.Exists(Path.Combine(folder, $"{name}.{number}")))
            number++;
        file = new FileStream(Path.Combine(folder, $"{name}.{number}"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            Append(new Event { WallTime = Seconds(start), FileVersion = "brain.Event:2" });
        }
        catch
        {
            file.Dispose();
            File.Delete(file.Name); // on a full disk files can be made, but not written
            throw;
        }
    }

    /// <summary>Appends an event.</summary>
    internal void Append(Event @event)
    {
        byte[] payload = @event.ToByteArray();
        var record = new byte[sizeof(ulong) + sizeof(uint) + payload.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), MaskedCrc(record.AsSpan(0, sizeof(ulong))));
        payload.CopyTo(record.AsSpan(sizeof(ulong) + sizeof(uint)));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - sizeof(uint)), MaskedCrc(payload));
        file.Write(record);
    }

    /// <summary>A moment in Unix seconds.</summary>
    internal static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>CRC-32C, rotated and shifted so that the checksum of data that holds checksums stays good.</summary>
    internal static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }

    public void Dispose() => file.Dispose();
}
