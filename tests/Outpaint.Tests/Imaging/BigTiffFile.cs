
namespace Outpaint.Tests.Imaging;

/// <summary>Writes little-endian BigTIFF files, whose places and counts have 64 bits.</summary>
internal static class BigTiffFile
{
    private const ushort Ascii = 2, Long = 4, Directory = 18;

    /// <summary>A grey picture that names its camera, and in its EXIF directory the lens.</summary>
    public static byte[] Encode(int width, int height, byte[] pixels, byte[] make, byte[] lens)
    {
        // Header, pixels, make, lens, EXIF directory, directory.
        int makePlace = 16 + pixels.Length, lensPlace = makePlace + make.Length, exif = lensPlace + lens.Length;
        byte[] exifTable = Table((0xA434, Ascii, lens.Length, lensPlace));
        byte[] table = Table(
            (256, Long, 1, width), (257, Long, 1, height), (258, Long, 1, 8), (259, Long, 1, 1), (262, Long, 1, TiffFile.MinIsBlack),
            (271, Ascii, make.Length, makePlace), (273, Long, 1, 16), (277, Long, 1, 1), (278, Long, 1, height), (279, Long, 1, pixels.Length),
            (34665, Directory, 1, exif));
        return [.. "II+\0"u8, 8, 0, 0, 0, .. BitConverter.GetBytes((long)exif + exifTable.Length), .. pixels, .. make, .. lens, .. exifTable, .. table];
    }

    private static byte[] Table(params (ushort Tag, ushort Type, long Count, long Value)[] fields) =>
    [
        .. BitConverter.GetBytes((long)fields.Length),
        .. fields.SelectMany(field => (byte[])
            [.. BitConverter.GetBytes(field.Tag), .. BitConverter.GetBytes(field.Type), .. BitConverter.GetBytes(field.Count), .. BitConverter.GetBytes(field.Value)]),
        .. new byte[8],
    ];
}
