using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Outpaint.Imaging.Metadata;

/// <summary>Makes the chunks between a PNG's header and its pixels.</summary>
internal static class PngHeader
{
    /// <summary>The signature and the IHDR chunk, which libvips writes.</summary>
    public const int SignatureAndSize = 33;

    /// <summary>The pHYs chunk that libvips writes next, and that this one's takes the place of.</summary>
    public const int LibvipsResolution = 21;

    /// <summary>The chunks, the resolution first.</summary>
    public static byte[] Make(PictureMetadata metadata, byte[]? icc, Density? density)
    {
        using var head = new MemoryStream();
        PngChunk.Write(head, PngChunk.Resolution, metadata.Chunks.FirstOrDefault(chunk => chunk.Name == PngChunk.Resolution)?.Data ?? Resolution(density));
        if (icc is not null) // as the source has it, with its name
            PngChunk.Write(head, PngChunk.Profile, metadata.Chunks.FirstOrDefault(chunk => chunk.Name == PngChunk.Profile)?.Data ?? [.. "icc\0\0"u8, .. Deflate(icc)]);
        // With a profile, they would contradict it.
        foreach (PngChunk chunk in metadata.Chunks.Where(chunk => chunk.Name is not (PngChunk.Resolution or PngChunk.Profile) && (icc is null || !chunk.IsColour)))
            PngChunk.Write(head, chunk.Name, chunk.Data);
        if (metadata.Exif is { } exif)
            PngChunk.Write(head, PngChunk.Exif, exif);
        if (metadata.Xmp is { } xmp)
            PngChunk.Write(head, "iTXt", [.. Encoding.ASCII.GetBytes(PngChunk.XmpKeyword), 0, 0, 0, 0, 0, .. xmp]);
        return head.ToArray();
    }

    // Pixels per metre, or a ratio in no unit.
    private static byte[] Resolution(Density? density)
    {
        (uint across, uint down) = density switch
        {
            null => (1u, 1u),
            { HasUnit: true } => (PerMetre(density.Across), PerMetre(density.Down)),
            _ => density.Ratio(),
        };
        var data = new byte[9];
        BinaryPrimitives.WriteUInt32BigEndian(data, across);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), down);
        data[8] = density is { HasUnit: true } ? (byte)1 : (byte)0;
        return data;
    }

    private static uint PerMetre(double perMillimetre) => (uint)Math.Clamp(Math.Round(perMillimetre * 1000), 1, int.MaxValue);

    private static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(data);
        return packed.ToArray();
    }
}
