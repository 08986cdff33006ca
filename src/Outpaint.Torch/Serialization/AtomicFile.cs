using System.Text;

namespace Outpaint.Torch.Serialization;

/// <summary>Writes files that are never seen half-written.</summary>
internal static class AtomicFile
{
    private const string Suffix = ".tmp";
    private const int GuidLength = 32; // in format N

    // A temporary name has room for what is added: names end at 255 bytes, in encrypted folders at 143.
    private const int LongestStart = 100;

    /// <summary>Writes to a temporary file beside <paramref name="path"/>, flushes it to disk and renames it.</summary>
    /// <remarks>A crash at any moment leaves the old file, or none, at the path. An exception removes the temporary file.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="writeContent">Writes what is in it.</param>
    /// <param name="overwrite">Whether a file that is there by the end is replaced; otherwise it stays, and this fails.</param>
    /// <exception cref="IOException">
    /// The folder does not exist or may not be written to, the path is a folder, the disk is full, the file is larger than is
    /// allowed, or it exists and is not to be replaced.
    /// </exception>
    public static void Write(string path, Action<FileStream> writeContent, bool overwrite = true)
    {
        if (Path.GetFileName(path).Length == 0 || Directory.Exists(path))
            throw new IOException($"{path} is a folder; a file needs a name");
        // In the same folder, because a rename is atomic only within one file system.
        string temporary = Path.Combine(FolderOf(path), $"{StartOf(path)}{Guid.NewGuid():N}{Suffix}");
        try
        {
            // Readable as well, because some writers of pictures go back over what they wrote.
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                writeContent(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite);
        }
        catch (Exception e)
        {
            DeleteUnused(temporary);
            if (e is ArgumentOutOfRangeException { ParamName: "value" }) // what .NET makes of the system's EFBIG
                throw new IOException($"{path} would be larger than the file system or the user's limit allows", e);
            if (e is UnauthorizedAccessException || (e is IOException && e.Message.Contains(temporary)))
                throw new IOException(e.Message.Replace(temporary, path), e); // nobody knows the temporary name
            throw;
        }
    }

    /// <summary>Deletes what processes left that were killed while they wrote these files; no other file is touched, nor one that is being written.</summary>
    public static void DeleteLeftovers(params IEnumerable<string> paths)
    {
        // A folder that may be written to but not read is left as it is.
        var all = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true };
        foreach (IGrouping<string, string> folder in paths.GroupBy(FolderOf).Where(folder => Directory.Exists(folder.Key)))
        {
            HashSet<string> starts = [.. folder.Select(StartOf)];
            foreach (string file in Directory.EnumerateFiles(folder.Key, "*" + Suffix, all))
            {
                string name = Path.GetFileNameWithoutExtension(file);
                int start = name.Length - GuidLength;
                if (start > 0 && Guid.TryParseExact(name[start..], "N", out _) && starts.Contains(name[..start]))
                    DeleteUnused(file);
            }
        }
    }

    private static void DeleteUnused(string file)
    {
        try
        {
            // A file that a process has open for writing cannot be opened like this.
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in use, or another user's.
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    // As much of the name as there is room for, without half a character at its end.
    private static string StartOf(string path)
    {
        string start = Path.GetFileName(path);
        while (Encoding.UTF8.GetByteCount(start) > LongestStart || char.IsHighSurrogate(start[^1]))
            start = start[..^1];
        return start + ".";
    }
}
