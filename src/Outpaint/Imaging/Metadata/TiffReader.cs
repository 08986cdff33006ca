namespace Outpaint.Imaging.Metadata;

/// <summary>Reads numbers of a TIFF file in its byte order.</summary>
internal sealed class TiffReader
{
    // Damaged files let many fields share large values.
    private const int MaxTotal = 64 << 20;

    private readonly Stream file;
    private long total;

    /// <summary>Reads the header.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public TiffReader(Stream file)
    {
        this.file = file;
        byte[] mark = Bytes(0, 2);
        Order = new ByteOrder(mark[0] == 'M');
        if (!mark.SequenceEqual(Order.Mark) || UInt16(2) != 42)
            throw new InvalidDataException("no TIFF header");
        FirstDirectory = UInt32(4);
    }

    public ByteOrder Order { get; }

    public uint FirstDirectory { get; }

    public ushort UInt16(long position) => Order.UInt16(Bytes(position, 2));

    public uint UInt32(long position) => Order.UInt32(Bytes(position, 4));

    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public byte[] Bytes(long position, int length)
    {
        total += length;
        if (position + length > file.Length || total > MaxTotal)
            throw new InvalidDataException("a field beyond the end");
        var bytes = new byte[length];
        file.Position = position;
        file.ReadExactly(bytes);
        return bytes;
    }
}
