
namespace Outpaint.Tests.Imaging;

/// <summary>Writes uncompressed little-endian TIFF files.</summary>
internal static class TiffFile
{
    public const ushort MinIsBlack = 1, Rgb = 2, Separated = 5, Profile = 34675;

    public const ushort CieLab = 8, ExtraSamples = 338, SampleFormat = 339;

    /// <summary>Pixels of one colour in 32-bit floats, in a profile or as scRGB.</summary>
    public static byte[] EncodeFloats(int width, int height, float[] colour, byte[]? profile)
    {
        byte[] pixel = [.. colour.SelectMany(BitConverter.GetBytes)];
        byte[] pixels = [.. Enumerable.Repeat(pixel, width * height).SelectMany(values => values)];
        (ushort, byte[]) format = (SampleFormat, [.. Enumerable.Repeat(new byte[] { 3, 0 }, colour.Length).SelectMany(values => values)]);
        return Encode(width, height, colour.Length, 32, Rgb, pixels, 1, profile is null ? [format] : [format, (Profile, profile)]);
    }

    /// <param name="pixels">Interleaved samples, 16-bit ones with the low byte first.</param>
    /// <param name="blocks">Further fields; those of samples hold short numbers.</param>
    public static byte[] Encode(
        int width, int height, int bands, int bits, ushort photometric, byte[] pixels, ushort orientation = 1,
        params (ushort Tag, byte[] Data)[] blocks)
    {
        // Header, pixels, bits per sample, blocks, directory.
        int bitsOffset = 8 + pixels.Length + (pixels.Length & 1);
        int directory = bitsOffset + bands * 2;
        var tags = new List<(ushort Tag, ushort Type, int Count, int Value)>
        {
            (256, 4, 1, width),
            (257, 4, 1, height),
            (258, 3, bands, bands == 1 ? bits : bands == 2 ? bits | bits << 16 : bitsOffset),
            (259, 3, 1, 1),
            (262, 3, 1, photometric),
            (273, 4, 1, 8),
            (274, 3, 1, orientation),
            (277, 3, 1, bands),
            (278, 4, 1, height),
            (279, 4, 1, pixels.Length),
            (284, 3, 1, 1),
        };
        foreach ((ushort tag, byte[] data) in blocks)
        {
            int place = data.Length > 4 ? directory : BitConverter.ToInt32([.. data, .. new byte[4 - data.Length]]);
            tags.Add(tag is ExtraSamples or SampleFormat ? (tag, (ushort)3, data.Length / 2, place) : (tag, (ushort)7, data.Length, place));
            directory += data.Length + (data.Length & 1);
        }

        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("II*\0"u8);
        writer.Write(directory);
        writer.Write(pixels);
        writer.Seek(bitsOffset, SeekOrigin.Begin);
        for (int i = 0; i < bands; i++)
            writer.Write((ushort)bits);
        foreach ((_, byte[] data) in blocks)
            writer.Write([.. data, .. new byte[data.Length & 1]]);
        writer.Seek(directory, SeekOrigin.Begin);
        writer.Write((ushort)tags.Count);
        foreach ((ushort tag, ushort type, int count, int value) in tags.OrderBy(field => field.Tag))
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(count);
            writer.Write(value);
        }
        writer.Write(0);
        return file.ToArray();
    }

    /// <summary>The file with a black pixel as its first page, which says that it is a smaller copy of another.</summary>
    public static byte[] WithThumbnailFirst(byte[] file)
    {
        (ushort Tag, int Value)[] tags = [(254, 1), (256, 1), (257, 1), (258, 8), (259, 1), (262, MinIsBlack), (273, file.Length), (277, 1), (278, 1), (279, 1)];
        byte[] fields = [.. tags.SelectMany(tag => (byte[])[.. BitConverter.GetBytes(tag.Tag), 4, 0, 1, 0, 0, 0, .. BitConverter.GetBytes(tag.Value)])];
        byte[] page = [0, 0, (byte)tags.Length, 0, .. fields, .. file[4..8]]; // the picture's own directory comes next
        return [.. file[..4], .. BitConverter.GetBytes(file.Length + 2), .. file[8..], .. page];
    }

    /// <summary>The file with another field, of a value that fits into it, in place of one of its first directory.</summary>
    public static byte[] WithField(byte[] file, ushort replaced, ushort tag, ushort type, int count, int value)
    {
        byte[] changed = [.. file];
        int at = BitConverter.ToInt32(file, 4) + 2;
        while (BitConverter.ToUInt16(file, at) != replaced)
            at += 12;
        byte[] field = [.. BitConverter.GetBytes(tag), .. BitConverter.GetBytes(type), .. BitConverter.GetBytes(count), .. BitConverter.GetBytes(value)];
        field.CopyTo(changed, at);
        return changed;
    }
}
