using Outpaint.Imaging.Metadata;

namespace Outpaint.Tests.Imaging;

/// <summary>Reads what TIFF files say of their pictures.</summary>
internal static class TiffFields
{
    /// <summary>A field's numbers, on the page that is taken for the picture.</summary>
    public static long[] Numbers(byte[] file, ushort tag)
    {
        using var stream = new MemoryStream(file);
        var reader = new TiffReader(stream);
        (_, ushort type, long count, long place) = reader.Fields(TiffPage.Find(stream, "file")!.Directory).Single(field => field.Tag == tag);
        return [.. Enumerable.Range(0, (int)count).Select(i => reader.Number(type, place + (i * TiffEntry.SizeOf(type))))];
    }
}
