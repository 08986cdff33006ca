namespace Outpaint.Data;

/// <summary>What a packed file says of its pictures.</summary>
/// <param name="Images">Those in it.</param>
/// <param name="Skipped">Those that could not be read when it was made.</param>
internal sealed record PackedIndex(IReadOnlyList<StoredImage> Images, IReadOnlyList<SkippedImage> Skipped)
{
    /// <summary>Whether a file is packed photos by its name.</summary>
    public static bool IsPackedName(string name) =>
        Path.GetExtension(name).Equals(PackedCacheFormat.Extension, StringComparison.OrdinalIgnoreCase) && !Path.GetFileName(name).StartsWith('.');

    /// <summary>The pictures of a file that the user names, to be read like those of a tar shard.</summary>
    /// <exception cref="DataException">It is damaged, or something else.</exception>
    public static IEnumerable<ImageEntry> Find(string file)
    {
        PackedIndex index = TryRead(file, default)
            ?? throw new DataException($"{file}: holds no packed photos, or is cut off or damaged; copy or make it again.");
        return index.Images.Select(image => new ImageEntry(image.Name, file, image.Offset, image.ByteCount)
        {
            DecodedSize = (image.Width, image.Height),
        });
    }

    /// <summary>Reads the index, or returns null where the file is stale, cut off, damaged or something else.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What it must have been made of; empty for anything.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static PackedIndex? TryRead(string path, ReadOnlySpan<byte> key)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        try
        {
            bool known = reader.ReadBytes(PackedCacheFormat.Magic.Length).AsSpan().SequenceEqual(PackedCacheFormat.Magic);
            byte[] madeOf = reader.ReadBytes(PackedCacheFormat.KeyBytes);
            if (!known || !(key.IsEmpty || key.SequenceEqual(madeOf)) || reader.ReadInt64() != reader.BaseStream.Length)
                return null;
            long indexOffset = reader.ReadInt64();
            reader.BaseStream.Position = indexOffset;

            // Lists, that a damaged length asks for no more memory than the file has entries.
            List<StoredImage> images = [];
            for (int count = reader.ReadInt32(); images.Count < count;)
            {
                var image = new StoredImage(reader.ReadString(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64());
                if (image.Width < 1 || image.Height < 1 || image.Offset < PackedCacheFormat.HeaderBytes
                    || Math.BigMul(image.Width, image.Height) > Math.Min(indexOffset - image.Offset, Array.MaxLength) / 3)
                    return null;
                images.Add(image);
            }
            List<SkippedImage> skipped = [];
            for (int count = reader.ReadInt32(); skipped.Count < count;)
                skipped.Add(new SkippedImage(reader.ReadString(), reader.ReadString()));
            return new PackedIndex(images, skipped);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }
}
