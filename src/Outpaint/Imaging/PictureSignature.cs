using System.Buffers.Binary;
using System.Text;
using Outpaint.Imaging.Metadata;
using Outpaint.Imaging.Metadata.Tiff;

namespace Outpaint.Imaging;

/// <summary>Tells a picture's format by its file's first bytes, where its name does not.</summary>
internal static class PictureSignature
{
    /// <summary>The usual extension of the format; null where it cannot be told, or the file not be read.</summary>
    public static string? ExtensionOf(string path)
    {
        try
        {
            using FileStream file = PictureFile.Open(path);
            var head = new byte[12];
            file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return ExtensionOf(head);
        }
        catch (Exception e) when (e is PictureException or IOException)
        {
            return null; // reading the picture will say why
        }
    }

    private static string? ExtensionOf(byte[] head) => BinaryPrimitives.ReadUInt32BigEndian(head) switch
    {
        >= 0xFFD8FF00 and <= 0xFFD8FFFF => ".jpg",
        0x89504E47 => ".png",
        uint mark when TiffReader.IsMark(mark) => ".tif",
        _ => Encoding.Latin1.GetString(head, 4, 8) switch
        {
            [_, _, _, _, 'W', 'E', 'B', 'P'] => ".webp",
            "ftypavif" or "ftypavis" => ".avif",
            "ftypheic" or "ftypheix" or "ftypmif1" => ".heic",
            _ => null,
        },
    };
}
