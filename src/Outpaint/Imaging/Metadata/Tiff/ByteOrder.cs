using System.Buffers.Binary;

namespace Outpaint.Imaging.Metadata.Tiff;

/// <summary>Numbers in the byte order of a TIFF structure.</summary>
/// <param name="IsBigEndian">Whether the high byte comes first ("MM").</param>
internal readonly record struct ByteOrder(bool IsBigEndian)
{
    /// <summary>The mark that a structure of this order begins with.</summary>
    public byte[] Mark => IsBigEndian ? [(byte)'M', (byte)'M'] : [(byte)'I', (byte)'I'];

    public ushort UInt16(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint UInt32(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public ulong UInt64(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    public byte[] Bytes(ushort number) => InOrder([(byte)number, (byte)(number >> 8)]);

    public byte[] Bytes(uint number) => InOrder([(byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)(number >> 24)]);

    private byte[] InOrder(byte[] littleEndian)
    {
        if (IsBigEndian)
            Array.Reverse(littleEndian);
        return littleEndian;
    }
}
