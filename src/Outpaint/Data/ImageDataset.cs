using Outpaint.Imaging;

namespace Outpaint.Data;

/// <summary>
/// Pictures decoded once and kept as raw 8-bit sRGB, in memory or in a memory-mapped file. Reading is safe from several threads.
/// </summary>
public sealed class ImageDataset : IDisposable
{
    private readonly IPixelStore store;

    private ImageDataset(IPixelStore store) => this.store = store;

    private bool disposed;

    /// <summary>How many pictures there are.</summary>
    public int Count => store.Images.Count;

    /// <summary>Pictures that were left out because they could not be read.</summary>
    public IReadOnlyList<SkippedImage> Skipped => store.Skipped;

    /// <summary>Reads the pictures of folders, tar shards and packed files, or finds them decoded by an earlier run.</summary>
    /// <param name="paths">Folders (recursive), .tar shards, packed .pixels files or picture files; see <see cref="ImageSource.Find"/>.</param>
    /// <param name="options">Size, workers and memory; null for the defaults.</param>
    /// <param name="progress">Told after each picture, from any thread. What it throws ends the work.</param>
    /// <param name="cancellation">Stops with nothing left behind.</param>
    /// <exception cref="ArgumentOutOfRangeException">Workers or size are less than 1.</exception>
    /// <exception cref="DataException">A path is missing or empty, no picture can be read, or the cache cannot be written.</exception>
    public static ImageDataset Load(
        IEnumerable<string> paths,
        ImageDatasetOptions? options = null,
        IProgress<(int Done, int Total)>? progress = null,
        CancellationToken cancellation = default) =>
        Load(ImageSource.Find(paths), options, progress, cancellation);

    /// <summary>The same for pictures that <see cref="ImageSource.Find"/> has found.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Workers or size are less than 1.</exception>
    /// <exception cref="DataException">No picture can be read, or the cache cannot be written.</exception>
    public static ImageDataset Load(
        IReadOnlyList<ImageEntry> entries,
        ImageDatasetOptions? options = null,
        IProgress<(int Done, int Total)>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new ImageDatasetOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        if (options.MaxShortSide is { } side)
            ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        byte[] key = PackedCacheFormat.Key(entries, options.MaxShortSide);
        string cachePath = Path.Combine(options.CacheDirectory, PackedCacheFormat.FileName(key));
        if (PackedCache.TryOpen(cachePath, key) is { } cache)
            return new ImageDataset(cache);
        using var loader = new DatasetLoader(entries, options, cachePath, key);
        return new ImageDataset(loader.Load(progress, cancellation));
    }

    /// <summary>A set of pictures that are decoded already; their pixels are not copied.</summary>
    internal static ImageDataset Of(IReadOnlyList<RgbImage> pictures) => new(new MemoryPixelStore(
        [.. pictures.Select((picture, index) => new StoredImage($"{index}", picture.Width, picture.Height, 0))],
        [.. pictures.Select(picture => picture.Pixels)],
        []));

    /// <summary>One picture's interleaved red, green, blue bytes, row by row from the top: width * height * 3. Valid until disposal.</summary>
    /// <exception cref="ObjectDisposedException">The set is disposed.</exception>
    public ReadOnlySpan<byte> Pixels(int index)
    {
        ObjectDisposedException.ThrowIf(disposed, this); // its memory may be a mapped file's, which is gone then
        return store.Pixels(index);
    }

    /// <summary>Copies a square out of a picture, row by row: side * side * 3 bytes.</summary>
    /// <param name="index">Which picture.</param>
    /// <param name="left">The square's first column.</param>
    /// <param name="top">The square's first row.</param>
    /// <param name="side">Its side in pixels.</param>
    /// <param name="destination">Receives it.</param>
    internal void CopySquare(int index, int left, int top, int side, Span<byte> destination)
    {
        int width = Size(index).Width;
        ReadOnlySpan<byte> source = Pixels(index);
        for (int row = 0; row < side; row++)
            source.Slice((((top + row) * width) + left) * 3, side * 3).CopyTo(destination[(row * side * 3)..]);
    }

    /// <summary>One picture's size in pixels.</summary>
    public (int Width, int Height) Size(int index) => (store.Images[index].Width, store.Images[index].Height);

    /// <summary>One picture's path within its folder or shard.</summary>
    public string Name(int index) => store.Images[index].Name;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!disposed)
            store.Dispose();
        disposed = true;
    }
}
