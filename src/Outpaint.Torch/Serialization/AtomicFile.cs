namespace Outpaint.Torch.Serialization;

/// <summary>Writes files that are never seen half-written.</summary>
public static class AtomicFile
{
    private const string Suffix = ".tmp";

    /// <summary>Writes to a temporary file beside <paramref name="path"/>, flushes it to disk and renames it.</summary>
    /// <remarks>A crash at any moment leaves the old file, or none, at the path. An exception removes the temporary file.</remarks>
    /// <exception cref="IOException">The folder does not exist, the disk is full, or the file is larger than is allowed.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write it.</exception>
    public static void Write(string path, Action<FileStream> writeContent)
    {
        // In the same folder, because a rename is atomic only within one file system.
        string temporary = $"{path}.{Guid.NewGuid():N}{Suffix}";
        try
        {
            // Readable as well, because some writers of pictures go back over what they wrote.
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                writeContent(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (ArgumentOutOfRangeException e) when (e.ParamName == "value") // what .NET makes of the system's EFBIG
        {
            File.Delete(temporary);
            throw new IOException($"{path} would be larger than the file system or the user's limit allows", e);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Deletes what a process left that was killed while it wrote this file; no other file is touched.</summary>
    public static void DeleteLeftovers(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!, start = Path.GetFileName(path) + ".";
        foreach (string file in Directory.EnumerateFiles(folder, start + "*" + Suffix))
        {
            string middle = Path.GetFileName(file)[start.Length..^Suffix.Length];
            if (Guid.TryParseExact(middle, "N", out _))
                File.Delete(file);
        }
    }
}
