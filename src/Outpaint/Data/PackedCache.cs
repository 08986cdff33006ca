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
            return PackedIndex.TryRead(path, key) is { } index ? new PackedCache(path, index.Images, index.Skipped) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
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
