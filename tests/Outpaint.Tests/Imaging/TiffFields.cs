using Outpaint.Imaging.Metadata;
using Outpaint.Imaging.Metadata.Tiff;

namespace Outpaint.Tests.Imaging;

/// <summary>Reads what TIFF files say of their pictures.</summary>
internal static class TiffFields
{
    /// <summary>A field's first numbers, on the page that is taken for the picture.</summary>
    public static long[] Numbers(byte[] file, ushort tag)
    {
        using var stream = new MemoryStream(file);
        var reader = new TiffReader(stream);
        return reader.Numbers(TiffPage.Find(stream, "file")!.Directory, tag);
    }
}
