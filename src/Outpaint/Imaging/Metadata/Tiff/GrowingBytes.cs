namespace Outpaint.Imaging.Metadata.Tiff;

/// <summary>
/// Bytes in which numbers are read and changed in place, and which grow at the end only. What reads or writes beyond the end throws
/// an <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class GrowingBytes
{
    // Zeros that may follow the last value.
    private const int Padding = 4;

    private byte[] data;

    /// <summary>Copies bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="order">That of the numbers among them.</param>
    public GrowingBytes(byte[] data, ByteOrder order) => (this.data, Order) = ([.. data], order);

    /// <summary>All of them, as they are now.</summary>
    public byte[] Bytes => data;

    /// <summary>How many there are now.</summary>
    public int Length => data.Length;

    public ByteOrder Order { get; }

    public ushort UInt16(int at) => Order.UInt16(Slice(at, 2));

    public uint UInt32(int at) => Order.UInt32(Slice(at, 4));

    public void SetUInt16(int at, ushort value) => Order.Bytes(value).CopyTo(Slice(at, 2));

    public void SetUInt32(int at, uint value) => Order.Bytes(value).CopyTo(Slice(at, 4));

    public Span<byte> Slice(int start, int length) => start >= 0 && length >= 0 && start <= data.Length - length
        ? data.AsSpan(start, length)
        : throw new InvalidDataException("a field beyond the end");

    /// <summary>Adds bytes to the end, at an even position, and returns that.</summary>
    public int Append(byte[] bytes)
    {
        int start = data.Length + (data.Length & 1);
        Array.Resize(ref data, start + bytes.Length);
        bytes.CopyTo(data, start);
        return start;
    }

    /// <summary>Clears bytes; those at the end are cut off, with the padding behind them.</summary>
    public void Forget(uint start, uint length)
    {
        if (length == 0 || start > data.Length || length > data.Length - start)
            return;
        data.AsSpan((int)start, (int)length).Clear();
        if (start + length + Padding > data.Length)
            Array.Resize(ref data, (int)start);
    }
}
