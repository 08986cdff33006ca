using System.Buffers.Binary;
using System.IO.Compression;
using Outpaint.Imaging.Metadata;

namespace Outpaint.Imaging;

/// <summary>
/// Encodes pixels as a PNG without the native library, so that training on packed photos needs none.
/// </summary>
internal static class PlainPng
{
    private const byte BitDepth = 8, TrueColour = 2;
    private const byte Up = 2; // the filter that leaves of each byte what differs from the one above

    /// <summary>The whole file.</summary>
    public static byte[] Encode(RgbImage image)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n\x1a\n"u8]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        (header[8], header[9]) = (BitDepth, TrueColour);
        PngChunk.Write(file, "IHDR", header);
        PngChunk.Write(file, "IDAT", Compress(image));
        PngChunk.Write(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Compress(RgbImage image)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            int stride = image.Width * 3;
            var row = new byte[1 + stride];
            row[0] = Up;
            for (int start = 0; start < image.Pixels.Length; start += stride)
            {
                for (int i = 0; i < stride; i++)
                    row[1 + i] = (byte)(image.Pixels[start + i] - (start > 0 ? image.Pixels[start - stride + i] : 0));
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }
}
