using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Outpaint.Tests.Imaging;

/// <summary>Writes PNG files of every kind, including those that the library itself never writes.</summary>
internal static class PngFile
{
    public const byte Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, Rgba = 6;

    /// <param name="rows">Packed rows, 16-bit samples with the high byte first.</param>
    /// <param name="chunks">Ancillary chunks to put before the pixels.</param>
    public static byte[] Encode(int width, int height, byte colourType, byte bitDepth, byte[] rows, params (string Name, byte[] Data)[] chunks)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = bitDepth;
        header[9] = colourType;
        file.Write(Chunk("IHDR", header));
        foreach ((string name, byte[] data) in chunks)
            file.Write(Chunk(name, data));

        using var pixels = new MemoryStream();
        int stride = rows.Length / height;
        for (int y = 0; y < height; y++)
        {
            pixels.WriteByte(0); // no filter
            pixels.Write(rows, y * stride, stride);
        }
        file.Write(Chunk("IDAT", Deflate(pixels.ToArray())));
        file.Write(Chunk("IEND", []));
        return file.ToArray();
    }

    public static (string, byte[]) Profile(byte[] icc) => ("iCCP", [.. "test\0\0"u8, .. Deflate(icc)]);

    public static (string, byte[]) Text(string key, string value) => ("tEXt", Encoding.Latin1.GetBytes($"{key}\0{value}"));

    private static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
            zlib.Write(data);
        return packed.ToArray();
    }

    public static byte[] Chunk(string name, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 4), Crc32.HashToUInt32(body));
        return chunk;
    }
}
