using System.Buffers.Binary;
using System.Text;

namespace Outpaint.Imaging.Metadata;

/// <summary>Adds metadata to a WebP file (RFC 9649).</summary>
internal static class WebpFile
{
    private const byte ProfileFlag = 0x20, AlphaFlag = 0x10, ExifFlag = 0x08, XmpFlag = 0x04;

    /// <summary>The file with the metadata's chunks.</summary>
    /// <param name="file">A file of a single picture; metadata that it has is replaced.</param>
    /// <param name="metadata">What to add.</param>
    /// <param name="icc">The colour profile, if any.</param>
    /// <param name="photo">The picture's size.</param>
    public static byte[] Add(byte[] file, PictureMetadata metadata, byte[]? icc, PhotoDescription photo)
    {
        var chunks = Chunks(file).ToList();
        byte[] features = chunks.FirstOrDefault(chunk => chunk.Name == "VP8X").Data ?? Features(chunks, photo);
        features[0] = (byte)((features[0] & AlphaFlag) | (icc is null ? 0 : ProfileFlag) | (metadata.Exif is null ? 0 : ExifFlag) | (metadata.Xmp is null ? 0 : XmpFlag));
        using var whole = new MemoryStream();
        whole.Write("RIFF\0\0\0\0WEBP"u8);
        Write(whole, "VP8X", features);
        Write(whole, "ICCP", icc);
        foreach ((string name, byte[] data) in chunks.Where(chunk => chunk.Name is "ALPH" or "VP8 " or "VP8L"))
            Write(whole, name, data);
        Write(whole, "EXIF", metadata.Exif);
        Write(whole, "XMP ", metadata.Xmp);
        byte[] bytes = whole.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)bytes.Length - 8);
        return bytes;
    }

    private static byte[] Features(List<(string Name, byte[] Data)> chunks, PhotoDescription photo)
    {
        var features = new byte[10];
        // In the lossless codec's header, after a byte of signature and two sizes of 14 bits.
        byte[]? lossless = chunks.FirstOrDefault(chunk => chunk.Name == "VP8L").Data;
        if (lossless is { Length: > 4 } && (lossless[4] & 0x10) != 0)
            features[0] |= AlphaFlag;
        Size(photo.Width).CopyTo(features, 4);
        Size(photo.Height).CopyTo(features, 7);
        return features;
    }

    private static byte[] Size(int side) => [(byte)(side - 1), (byte)((side - 1) >> 8), (byte)((side - 1) >> 16)];

    private static IEnumerable<(string Name, byte[] Data)> Chunks(byte[] file)
    {
        for (int at = 12, length; at + 8 <= file.Length; at += 8 + length + (length & 1))
        {
            length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            yield return (Encoding.ASCII.GetString(file, at, 4), file[(at + 8)..(at + 8 + length)]);
        }
    }

    private static void Write(MemoryStream file, string name, byte[]? data)
    {
        if (data is null)
            return;
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        file.Write(Encoding.ASCII.GetBytes(name));
        file.Write(length);
        file.Write(data);
        if ((data.Length & 1) != 0)
            file.WriteByte(0);
    }
}
