namespace Outpaint.Data;

/// <summary>Writes a packed cache to a temporary file beside it, renamed when complete. Disposing before that removes it.</summary>
internal sealed class PackedCacheWriter : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly byte[] _key;
    private bool _finished;

    /// <exception cref="IOException">The folder cannot be written, or another run is writing this cache.</exception>
    public PackedCacheWriter(string path, byte[] key)
    {
        _path = path;
        _key = key;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // One name, locked: what a killed run left behind is overwritten by the next.
        _file = new FileStream(TemporaryPath, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        _file.Write(new byte[PackedCacheFormat.HeaderBytes]);
    }

    private string TemporaryPath => _path + ".tmp";

    public StoredImage Add(string name, int width, int height, ReadOnlySpan<byte> pixels)
    {
        var image = new StoredImage(name, width, height, _file.Position);
        _file.Write(pixels);
        return image;
    }

    public void Finish(IReadOnlyCollection<StoredImage> images, IReadOnlyCollection<SkippedImage> skipped)
    {
        long indexOffset = _file.Position;
        using (var index = new BinaryWriter(_file, System.Text.Encoding.UTF8, leaveOpen: true))
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
            long length = _file.Position;
            _file.Flush(flushToDisk: true);

            _file.Position = 0;
            index.Write(PackedCacheFormat.Magic);
            index.Write(_key);
            index.Write(length);
            index.Write(indexOffset);
        }
        _file.Flush(flushToDisk: true);
        File.Move(TemporaryPath, _path, overwrite: true);
        _finished = true;
        _file.Dispose(); // only now: until here the lock keeps other runs out
    }

    public void Dispose()
    {
        _file.Dispose();
        if (!_finished)
            File.Delete(TemporaryPath);
    }
}
