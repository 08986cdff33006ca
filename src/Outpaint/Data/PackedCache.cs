using System.IO.MemoryMappedFiles;

namespace Outpaint.Data;

/// <summary>Pixels in a memory-mapped packed cache; the operating system keeps in memory what fits.</summary>
internal sealed unsafe class PackedCache : IPixelStore
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;

    private PackedCache(string path, IReadOnlyList<StoredImage> images, IReadOnlyList<SkippedImage> skipped)
    {
        Images = images;
        Skipped = skipped;
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    public IReadOnlyList<StoredImage> Images { get; }

    public IReadOnlyList<SkippedImage> Skipped { get; }

    public ReadOnlySpan<byte> Pixels(int index)
    {
        StoredImage image = Images[index];
        return new ReadOnlySpan<byte>(start + image.Offset, image.ByteCount);
    }

    /// <summary>Opens a cache, or returns null where there is none, or one that is stale, cut off or damaged.</summary>
    public static PackedCache? TryOpen(string path, ReadOnlySpan<byte> key)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path));
            if (!reader.ReadBytes(PackedCacheFormat.Magic.Length).AsSpan().SequenceEqual(PackedCacheFormat.Magic)
                || !reader.ReadBytes(PackedCacheFormat.KeyBytes).AsSpan().SequenceEqual(key)
                || reader.ReadInt64() != reader.BaseStream.Length)
                return null;
            long indexOffset = reader.ReadInt64();
            reader.BaseStream.Position = indexOffset;

            var images = new StoredImage[reader.ReadInt32()];
            for (int i = 0; i < images.Length; i++)
            {
                var image = new StoredImage(reader.ReadString(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64());
                if (image.Width < 1 || image.Height < 1 || image.Offset < PackedCacheFormat.HeaderBytes
                    || image.Offset + 3L * image.Width * image.Height > indexOffset)
                    return null;
                images[i] = image;
            }
            var skipped = new SkippedImage[reader.ReadInt32()];
            for (int i = 0; i < skipped.Length; i++)
                skipped[i] = new SkippedImage(reader.ReadString(), reader.ReadString());
            return new PackedCache(path, images, skipped);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }
}
