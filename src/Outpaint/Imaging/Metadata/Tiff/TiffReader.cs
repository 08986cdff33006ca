using System.Buffers.Binary;

namespace Outpaint.Imaging.Metadata.Tiff;

/// <summary>Reads numbers and directories of a TIFF or BigTIFF file in its byte order.</summary>
internal sealed class TiffReader
{
    // Damaged files let many fields share large values.
    private const int MaxTotal = 64 << 20, MaxNumbers = 64;

    private readonly Stream file;
    private long total;

    /// <summary>Reads the header.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public TiffReader(Stream file)
    {
        this.file = file;
        uint mark = BinaryPrimitives.ReadUInt32BigEndian(Bytes(0, 4));
        if (!IsMark(mark))
            throw new InvalidDataException("no TIFF header");
        Order = new ByteOrder(mark >> 24 == 'M');
        IsBig = UInt16(2) == 43;
        FirstDirectory = Word(IsBig ? 8 : 4);
    }

    public ByteOrder Order { get; }

    /// <summary>Whether places and counts have 64 bits.</summary>
    public bool IsBig { get; }

    public long FirstDirectory { get; }

    private int WordSize => IsBig ? 8 : 4;

    private int CountSize => IsBig ? 8 : 2;

    private int FieldSize => 4 + (2 * WordSize);

    /// <summary>Whether a file's first four bytes, as a number, are a TIFF's.</summary>
    public static bool IsMark(uint head) => head is 0x49492A00 or 0x4D4D002A or 0x49492B00 or 0x4D4D002B;

    public ushort UInt16(long position) => Order.UInt16(Bytes(position, 2));

    public uint UInt32(long position) => Order.UInt32(Bytes(position, 4));

    /// <summary>A whole number of any type that holds one.</summary>
    public long Number(ushort type, long position) => TiffEntry.IsBig(type) ? (long)Order.UInt64(Bytes(position, 8)) : TiffEntry.SizeOf(type) switch
    {
        1 => Bytes(position, 1)[0],
        2 => UInt16(position),
        _ => UInt32(position),
    };

    /// <summary>The first numbers of a directory's field; none where it is missing, or of an unknown type.</summary>
    public long[] Numbers(long directory, ushort tag)
    {
        (_, ushort type, long count, long place) = Fields(directory).FirstOrDefault(field => field.Tag == tag);
        int size = TiffEntry.SizeOf(type);
        return size == 0 ? [] : [.. Enumerable.Range(0, (int)Math.Clamp(count, 0, MaxNumbers)).Select(i => Number(type, place + (i * size)))];
    }

    /// <summary>The fields of a directory: of each its tag, type, number of values, and where they are.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public IEnumerable<(ushort Tag, ushort Type, long Count, long Place)> Fields(long directory)
    {
        long fields = Count(directory);
        for (long i = 0; i < fields; i++)
        {
            long at = directory + CountSize + (i * FieldSize);
            (ushort tag, ushort type, long count, long place) = (UInt16(at), UInt16(at + 2), Word(at + 4), at + 4 + WordSize);
            yield return (tag, type, count, count <= WordSize / Math.Max(1, TiffEntry.SizeOf(type)) ? place : Word(place));
        }
    }

    /// <summary>The place of the directory behind this one; 0 where it is the last.</summary>
    public long Next(long directory) => Word(directory + CountSize + (Count(directory) * FieldSize));

    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public byte[] Bytes(long position, int length)
    {
        total += length;
        if (position < 0 || position > file.Length - length || total > MaxTotal)
            throw new InvalidDataException("a field beyond the end");
        var bytes = new byte[length];
        file.Position = position;
        file.ReadExactly(bytes);
        return bytes;
    }

    private long Count(long directory) => IsBig ? Word(directory) : UInt16(directory);

    // A place or a count.
    private long Word(long position) => IsBig ? (long)Order.UInt64(Bytes(position, 8)) : UInt32(position);
}
