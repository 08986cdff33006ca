namespace Outpaint.Data;

/// <summary>Lists the files of a folder, in an order that is the same on every machine.</summary>
internal static class FolderFiles
{
    /// <summary>Names relative to the folder, by their characters. Links to folders are not followed: they may lead round in circles.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recursive">Whether those of its subfolders count, too.</param>
    /// <param name="hidden">Whether hidden files and folders count, too.</param>
    /// <param name="unreadable">Told of each folder that cannot be read, while the others go on; null to end at the first.</param>
    /// <exception cref="IOException">It is no folder, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It, or a folder in it, may not be read.</exception>
    public static IEnumerable<string> Names(string folder, bool recursive, bool hidden, Action<string, Exception>? unreadable = null) =>
        Below(folder, recursive, hidden, unreadable).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);

    // Folder by folder, because one that cannot be read would end an enumeration of the whole tree.
    private static IReadOnlyList<string> Below(string folder, bool recursive, bool hidden, Action<string, Exception>? unreadable)
    {
        FileAttributes skipped = hidden ? default : FileAttributes.Hidden;
        try
        {
            string[] files = Directory.GetFiles(folder, "*", Without(skipped));
            string[] subfolders = recursive ? Directory.GetDirectories(folder, "*", Without(skipped | FileAttributes.ReparsePoint)) : [];
            return [.. files, .. subfolders.SelectMany(subfolder => Below(subfolder, recursive, hidden, unreadable))];
        }
        catch (Exception e) when (unreadable is not null && e is IOException or UnauthorizedAccessException)
        {
            unreadable(folder, e);
            return [];
        }
    }

    private static EnumerationOptions Without(FileAttributes skipped) => new() { AttributesToSkip = skipped, IgnoreInaccessible = false };
}
