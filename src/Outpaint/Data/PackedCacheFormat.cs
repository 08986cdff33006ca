using System.Security.Cryptography;

namespace Outpaint.Data;

/// <summary>
/// The packed file: a header (magic, key, file length, index offset), the pixels of all pictures one after
/// another, and the index: the pictures (name, width, height, offset) and those left out (name, reason), each list behind
/// its length. Numbers are little-endian, lengths and offsets of 64 bits, others of 32; strings are BinaryWriter's. The
/// header is written last, so that a file that was not finished is never taken for one. scripts/pack_photos.py writes it too.
/// </summary>
internal static class PackedCacheFormat
{
    public const string Extension = ".pixels";
    public const int HeaderBytes = 8 + KeyBytes + 8 + 8;
    public const int KeyBytes = SHA256.HashSizeInBytes;

    // Counts up when the same files would be decoded to something else: 2 leaves out those that are cut off, 3 takes
    // inks without a profile plainly.
    private const int Decoding = 3;

    public static ReadOnlySpan<byte> Magic => "OUTPIX01"u8;

    /// <summary>Names the decoded form of these pictures: changes when a source file does or the shrink size.</summary>
    public static byte[] Key(IEnumerable<ImageEntry> entries, int? maxShortSide)
    {
        var modified = new Dictionary<string, long>();
        using var text = new MemoryStream();
        using var writer = new BinaryWriter(text);
        writer.Write(Decoding);
        writer.Write(maxShortSide ?? 0);
        foreach (ImageEntry entry in entries)
        {
            if (!modified.TryGetValue(entry.File, out long time))
                modified[entry.File] = time = File.GetLastWriteTimeUtc(entry.File).Ticks;
            writer.Write(Path.GetFullPath(entry.File));
            writer.Write(entry.Offset);
            writer.Write(entry.Length);
            writer.Write(time);
        }
        return SHA256.HashData(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    public static string FileName(byte[] key) => Convert.ToHexStringLower(key.AsSpan(0, 12)) + Extension;
}
