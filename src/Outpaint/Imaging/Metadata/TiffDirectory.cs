namespace Outpaint.Imaging.Metadata;

/// <summary>A TIFF directory with the directories of EXIF within it.</summary>
/// <param name="Order">The byte order of its values.</param>
/// <param name="Entries">Its fields.</param>
internal sealed record TiffDirectory(ByteOrder Order, IReadOnlyList<TiffEntry> Entries)
{
    private const int MaxDepth = 3, MaxValue = 16 << 20;

    /// <summary>Reads the first directory of a TIFF file or an EXIF block.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static TiffDirectory Read(Stream file)
    {
        var reader = new TiffReader(file);
        return Read(reader, reader.FirstDirectory, 0);
    }

    private static TiffDirectory Read(TiffReader reader, uint position, int depth)
    {
        if (depth == MaxDepth)
            throw new InvalidDataException("directories within directories");
        var entries = new List<TiffEntry>();
        int count = reader.UInt16(position);
        for (int i = 0; i < count; i++)
        {
            long at = position + 2 + (12 * i);
            ushort tag = reader.UInt16(at), type = reader.UInt16(at + 2);
            long length = reader.UInt32(at + 4) * (long)TiffEntry.SizeOf(type);
            if (length is 0 or > MaxValue)
                continue;
            byte[] value = reader.Bytes(length > 4 ? reader.UInt32(at + 8) : at + 8, (int)length);
            entries.Add(new TiffEntry(tag, type, value)
            {
                Directory = TiffEntry.IsDirectory(tag) && length == 4 ? Read(reader, reader.UInt32(at + 8), depth + 1) : null,
            });
        }
        return new TiffDirectory(reader.Order, entries);
    }
}
