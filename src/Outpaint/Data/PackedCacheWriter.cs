namespace Outpaint.Data;

/// <summary>Writes a packed cache to a temporary file beside it, renamed when complete. Disposing before that removes it.</summary>
internal sealed class PackedCacheWriter : IDisposable
{
    private readonly string path;
    private readonly FileStream file;
    private readonly byte[] key;
    private bool finished;

    /// <exception cref="IOException">The folder cannot be written, or another run is writing this cache.</exception>
    public PackedCacheWriter(string path, byte[] key)
    {
        (this.path, this.key) = (path, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // One name, locked: what a killed run left behind is overwritten by the next.
        file = new FileStream(TemporaryPath, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write(new byte[PackedCacheFormat.HeaderBytes]);
    }

    private string TemporaryPath => path + ".tmp";

    public StoredImage Add(string name, int width, int height, ReadOnlySpan<byte> pixels)
    {
        var image = new StoredImage(name, width, height, file.Position);
        file.Write(pixels);
        return image;
    }

    public void Finish(IReadOnlyCollection<StoredImage> images, IReadOnlyCollection<SkippedImage> skipped)
    {
        long indexOffset = file.Position;
        using (var index = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            index.Write(images.Count);
            foreach (StoredImage image in images)
            {
                index.Write(image.Name);
                index.Write(image.Width);
                index.Write(image.Height);
                index.Write(image.Offset);
            }
            index.Write(skipped.Count);
            foreach (SkippedImage image in skipped)
            {
                index.Write(image.Name);
                index.Write(image.Reason);
            }
            index.Flush();
            long length = file.Position;
            file.Flush(flushToDisk: true);

            file.Position = 0;
            index.Write(PackedCacheFormat.Magic);
            index.Write(key);
            index.Write(length);
            index.Write(indexOffset);
        }
        file.Flush(flushToDisk: true);
        File.Move(TemporaryPath, path, overwrite: true);
        finished = true;
        file.Dispose(); // only now: until here the lock keeps other runs out
    }

    public void Dispose()
    {
        file.Dispose();
        if (!finished)
            File.Delete(TemporaryPath);
    }
}
