namespace Outpaint.Imaging.Metadata.Tiff;

/// <summary>A TIFF directory with the directories of EXIF within it.</summary>
/// <param name="Order">The byte order of its values.</param>
/// <param name="Entries">Its fields.</param>
internal sealed record TiffDirectory(ByteOrder Order, IReadOnlyList<TiffEntry> Entries)
{
    private const int MaxDepth = 3, MaxValue = 16 << 20;

    /// <summary>Reads the directory at a place in a TIFF file or an EXIF block, by default the first.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static TiffDirectory Read(Stream file, long? place = null)
    {
        var reader = new TiffReader(file);
        return Read(reader, place ?? reader.FirstDirectory, 0);
    }

    private static TiffDirectory Read(TiffReader reader, long position, int depth)
    {
        if (depth == MaxDepth)
            throw new InvalidDataException("directories within directories");
        var entries = new List<TiffEntry>();
        foreach ((ushort tag, ushort type, long count, long place) in reader.Fields(position))
        {
            if (TiffEntry.IsDirectory(tag) && count == 1 && TiffEntry.IsPlace(type))
                entries.Add(new TiffEntry(tag, TiffEntry.Long, new byte[4]) { Directory = Read(reader, reader.Number(type, place), depth + 1) });
            else if (!TiffEntry.IsBig(type) && TiffEntry.SizeOf(type) is var size and > 0 && count is > 0 and <= MaxValue && count * size <= MaxValue)
                entries.Add(new TiffEntry(tag, type, reader.Bytes(place, (int)count * size)));
        }
        return new TiffDirectory(reader.Order, entries);
    }
}
