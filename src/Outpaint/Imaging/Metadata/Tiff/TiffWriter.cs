using System.Buffers;

namespace Outpaint.Imaging.Metadata.Tiff;

/// <summary>Lays out TIFF directories for a place in a file.</summary>
/// <param name="origin">Where in the file the bytes will be; even.</param>
/// <param name="order">The file's byte order.</param>
internal sealed class TiffWriter(uint origin, ByteOrder order)
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>What was written.</summary>
    public byte[] ToArray() => bytes.WrittenSpan.ToArray();

    /// <summary>The header of a file, or of a block that stands alone.</summary>
    public static byte[] Header(ByteOrder order, uint firstDirectory) => [.. order.Mark, .. order.Bytes((ushort)42), .. order.Bytes(firstDirectory)];

    /// <summary>Writes a directory's values, then its table, and returns where the table is in the file.</summary>
    public uint Write(TiffDirectory directory) => WriteTable(directory.Entries.Select(entry => Field(entry, directory.Order)).ToArray());

    /// <summary>Writes a table of fields made before, as the last directory of its chain.</summary>
    public uint WriteTable(IReadOnlyCollection<byte[]> fields)
    {
        uint position = Align();
        bytes.Write(order.Bytes((ushort)fields.Count));
        foreach (byte[] field in fields.OrderBy(TagOf))
            bytes.Write(field);
        bytes.Write(order.Bytes(0u));
        return position;
    }

    /// <summary>Writes a field's values where they do not fit into it, and returns its twelve bytes.</summary>
    /// <param name="entry">The field.</param>
    /// <param name="from">The byte order of its values.</param>
    public byte[] Field(TiffEntry entry, ByteOrder from)
    {
        byte[] value = entry.Directory is { } directory ? order.Bytes(Write(directory)) : from == order ? entry.Value : entry.Swapped();
        byte[] place = value.Length > 4 ? order.Bytes(Append(value)) : [.. value, .. new byte[4 - value.Length]];
        return [.. order.Bytes(entry.Tag), .. order.Bytes(entry.Type), .. order.Bytes((uint)entry.Count), .. place];
    }

    /// <summary>The tag of a field's twelve bytes.</summary>
    public ushort TagOf(byte[] field) => order.UInt16(field);

    private uint Append(byte[] value)
    {
        uint position = Align();
        bytes.Write(value);
        return position;
    }

    private uint Align()
    {
        if ((bytes.WrittenCount & 1) != 0)
            bytes.Write<byte>([0]);
        return origin + (uint)bytes.WrittenCount;
    }
}
