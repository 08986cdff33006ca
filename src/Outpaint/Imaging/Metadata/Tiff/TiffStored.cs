namespace Outpaint.Imaging.Metadata.Tiff;

/// <summary>
/// A TIFF file that says other things of its samples than it did, so that libvips hands them over as they are stored: it would
/// halve the lightness of Lab, and divide colours by associated alpha.
/// </summary>
internal static class TiffStored
{
    private const byte Rgb = 2, Unsigned = 1, Unassociated = 2;

    /// <summary>The changed file; null where libvips hands the samples of the page over as they are stored anyway.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="page">The picture's page; null where the file is no TIFF.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="PictureException">The file is too large to be in memory at once.</exception>
    public static byte[]? Read(Stream file, TiffPage? page, string name)
    {
        if (page is null || !(page.IsLab || page.Extra.Contains(TiffEntry.AssociatedAlpha)))
            return null;
        if (file.Length > Array.MaxLength)
            throw new PictureException(name, "too large for Lab or associated alpha (2 GB are the limit); save it without its other pages first.");
        var reader = new TiffReader(file);
        (ushort Tag, ushort Type, long Count, long Place)[] fields = [.. reader.Fields(page.Directory)];
        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        foreach ((ushort tag, ushort type, long count, long place) in fields)
        {
            if (Replacement(tag, page) is { } value)
                Set(bytes, reader.Order, TiffEntry.SizeOf(type), count, place, value);
        }
        return bytes;
    }

    private static byte? Replacement(ushort tag, TiffPage page) => tag switch
    {
        TiffEntry.Photometric when page.IsLab => Rgb,
        TiffEntry.SampleFormat when page.IsLab => Unsigned,
        TiffEntry.ExtraSamples => Unassociated,
        _ => null,
    };

    private static void Set(byte[] bytes, ByteOrder order, int size, long count, long place, byte value)
    {
        for (; size > 0 && count > 0 && place >= 0 && place <= bytes.Length - size; count--, place += size)
        {
            Span<byte> number = bytes.AsSpan((int)place, size);
            number.Clear();
            number[order.IsBigEndian ? size - 1 : 0] = value;
        }
    }
}
