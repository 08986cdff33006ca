namespace Outpaint.Imaging.Metadata.Tiff;

/// <summary>EXIF in TIFF files, which libvips neither reads nor writes.</summary>
internal static class TiffFile
{
    // Baseline and extension fields that say how pixels are stored (TIFF 6.0), pages, layers and previews of the old
    // picture, and blocks that are handled by themselves.
    private static readonly HashSet<ushort> Structure =
    [
        254, 255, 256, 257, 258, 259, TiffEntry.Photometric, 263, 264, 265, 266, 273, TiffEntry.Orientation, 277, 278, 279, 280, 281, 284, 288, 289, 290, 291, 292, 293,
        297, 301, 317, 320, 321, 322, 323, 324, 325, 326, 327, 328, 330, 332, 333, 334, 336, 337, TiffEntry.ExtraSamples, TiffEntry.SampleFormat, 340, 341, 342, 347,
        512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532,
        37724, 50255, TiffEntry.Xmp, TiffEntry.Iptc, TiffEntry.Photoshop, TiffEntry.Profile,
    ];

    // libvips always writes one.
    private static readonly HashSet<ushort> Resolution = [282, 283, 296];

    /// <summary>The descriptive fields of a TIFF's page as an EXIF block.</summary>
    /// <exception cref="InvalidDataException">The directory is damaged.</exception>
    public static byte[]? ReadExif(Stream file, TiffPage page)
    {
        TiffDirectory directory = TiffDirectory.Read(file, page.Directory);
        TiffEntry[] kept = [.. directory.Entries.Where(entry => !Structure.Contains(entry.Tag) || IsTurned(entry, directory.Order))];
        if (kept.Length == 0)
            return null;
        var writer = new TiffWriter(8, directory.Order);
        uint position = writer.Write(directory with { Entries = kept });
        return [.. TiffWriter.Header(directory.Order, position), .. writer.ToArray()];
    }

    /// <summary>Adds metadata behind the end of a TIFF file, with a directory that replaces the first.</summary>
    /// <param name="file">A file of a single picture.</param>
    /// <param name="metadata">What to add.</param>
    /// <param name="icc">The colour profile, if any.</param>
    /// <param name="hasResolution">Whether the file tells one that is the picture's.</param>
    public static void Add(Stream file, PictureMetadata metadata, byte[]? icc, bool hasResolution)
    {
        var reader = new TiffReader(file);
        long end = file.Length + (file.Length & 1);
        var writer = new TiffWriter((uint)end, reader.Order);
        var fields = new Dictionary<ushort, byte[]>();
        for (int i = 0; i < reader.UInt16(reader.FirstDirectory); i++)
        {
            byte[] field = reader.Bytes(reader.FirstDirectory + 2 + (12 * i), 12);
            if (hasResolution || !Resolution.Contains(writer.TagOf(field)))
                fields[writer.TagOf(field)] = field;
        }

        if (ReadBlock(metadata.Exif) is { } exif)
        {
            foreach (TiffEntry entry in exif.Entries.Where(entry => !Structure.Contains(entry.Tag)))
                fields[entry.Tag] = writer.Field(entry, exif.Order);
        }
        Set(TiffEntry.Xmp, TiffEntry.Byte, metadata.Xmp);
        Set(TiffEntry.Iptc, TiffEntry.Undefined, PhotoshopResources.IptcOf(metadata));
        Set(TiffEntry.Photoshop, TiffEntry.Byte, metadata.Photoshop);
        Set(TiffEntry.Profile, TiffEntry.Undefined, icc);
        // libvips has called all of them opacity.
        if (fields.TryGetValue(TiffEntry.ExtraSamples, out byte[]? extra) && reader.Order.UInt32(extra.AsSpan(4)) == metadata.Extra.Count)
            Set(TiffEntry.ExtraSamples, TiffEntry.Short, [.. metadata.Extra.SelectMany(reader.Order.Bytes)]);

        // Some of Lab's samples are signed, and some are not, as readers know (TIFF 6.0, section 23).
        if (reader.Numbers(reader.FirstDirectory, TiffEntry.Photometric) is [TiffEntry.CieLab] && reader.Numbers(reader.FirstDirectory, TiffEntry.SampleFormat) is [not TiffEntry.Floats, ..])
            fields.Remove(TiffEntry.SampleFormat);

        uint position = writer.WriteTable(fields.Values);
        file.Position = end;
        file.Write(writer.ToArray());
        file.Position = 0;
        file.Write(TiffWriter.Header(reader.Order, position));

        void Set(ushort tag, ushort type, byte[]? value)
        {
            if (value is not null)
                fields[tag] = writer.Field(new TiffEntry(tag, type, value), reader.Order);
        }
    }

    // Where the picture is turned, what names places in it has to be, too.
    private static bool IsTurned(TiffEntry entry, ByteOrder order) =>
        entry is { Tag: TiffEntry.Orientation, Type: TiffEntry.Short } && order.UInt16(entry.Value) > 1;

    private static TiffDirectory? ReadBlock(byte[]? exif)
    {
        try
        {
            return exif is null ? null : TiffDirectory.Read(new MemoryStream(exif));
        }
        catch (InvalidDataException)
        {
            return null; // damaged in the source, too
        }
    }
}
