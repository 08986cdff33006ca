using System.IO.Enumeration;

namespace Outpaint.Data;

/// <summary>Lists the files of a folder, in an order that is the same on every machine.</summary>
public static class FolderFiles
{
    /// <summary>Names relative to the folder, by their characters. Links to folders are not followed: they may lead round in circles.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recursive">Whether those of its subfolders count, too.</param>
    /// <param name="hidden">Whether hidden files and folders count, too.</param>
    /// <exception cref="IOException">It is no folder, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It, or a folder in it, may not be read.</exception>
    public static IEnumerable<string> Names(string folder, bool recursive, bool hidden)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = recursive,
            AttributesToSkip = hidden ? default : FileAttributes.Hidden,
            IgnoreInaccessible = false,
        };
        return new FileSystemEnumerable<string>(
            folder, (ref FileSystemEntry entry) => Path.GetRelativePath(folder, entry.ToFullPath()), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        }.Order(StringComparer.Ordinal);
    }
}
