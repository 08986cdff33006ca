using Outpaint.Imaging;

namespace Outpaint.Data;

/// <summary>Decodes pictures in parallel into memory, and moves to a packed cache when the memory budget is spent.</summary>
internal sealed class DatasetLoader(
    IReadOnlyList<ImageEntry> entries, ImageDatasetOptions options, string cachePath, byte[] key) : IDisposable
{
    private readonly Lock gate = new();
    private readonly RgbImage?[] decoded = new RgbImage?[entries.Count];
    private readonly StoredImage?[] stored = new StoredImage?[entries.Count];
    private readonly string?[] problems = new string?[entries.Count];
    private PackedCacheWriter? writer;
    private long bytes;
    private int done;

    public IPixelStore Load(IProgress<(int Done, int Total)>? progress, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancellation };
        ParallelLoop.Run(() => Parallel.For(0, entries.Count, parallel, index =>
        {
            RgbImage? image = Decode(index);
            lock (gate)
            {
                if (image is not null)
                    WriteCache(() => Keep(index, image));
                progress?.Report((++done, entries.Count));
            }
        }));
        return Finish();
    }

    public void Dispose() => writer?.Dispose();

    private RgbImage? Decode(int index)
    {
        try
        {
            return entries[index].Decode(options.MaxShortSide);
        }
        catch (PictureException e)
        {
            problems[index] = e.Problem;
            return null;
        }
        catch (DllNotFoundException)
        {
            throw new DataException("Pictures cannot be decoded without libvips; install it and build the native libraries, or pack the photos with scripts/pack_photos.py.");
        }
    }

    private void Keep(int index, RgbImage image)
    {
        bytes += image.Pixels.Length;
        if (writer is not null)
        {
            Pack(index, image);
            return;
        }
        decoded[index] = image;
        stored[index] = new StoredImage(entries[index].Name, image.Width, image.Height, 0);
        if (bytes <= options.MemoryBudget)
            return;

        writer = new PackedCacheWriter(cachePath, key);
        for (int i = 0; i < decoded.Length; i++)
        {
            if (decoded[i] is { } earlier)
                Pack(i, earlier);
            decoded[i] = null;
        }
    }

    private void Pack(int index, RgbImage image) =>
        stored[index] = writer!.Add(entries[index].Name, image.Width, image.Height, image.Pixels);

    private IPixelStore Finish()
    {
        StoredImage[] images = stored.OfType<StoredImage>().ToArray();
        SkippedImage[] skipped = entries
            .Zip(problems, (entry, problem) => problem is null ? null : new SkippedImage(entry.Name, problem))
            .OfType<SkippedImage>().ToArray();
        if (images.Length == 0)
            throw new DataException($"None of the {entries.Count} pictures can be read; the first is {skipped[0].Name}: {skipped[0].Reason}");
        if (writer is null)
            return new MemoryPixelStore(images, decoded.OfType<RgbImage>().Select(image => image.Pixels).ToArray(), skipped);
        WriteCache(() => writer.Finish(images, skipped));
        return PackedCache.TryOpen(cachePath, key)
            ?? throw new DataException($"{cachePath}: was changed while it was written; start again.");
    }

    private void WriteCache(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                $"{cachePath}: the decoded pictures do not fit in memory and cannot be written there ({e.Message.TrimEnd('.')}); " +
                "free some space, choose another cache folder or a smaller image size.");
        }
    }
}
