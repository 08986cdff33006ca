using Outpaint.Cli.Shell;

namespace Outpaint.Cli.Commands;

/// <summary>A folder that results go to, looked at before the work, which would be lost.</summary>
internal static class OutputFolder
{
    /// <summary>Makes sure that files can be made in the folder, or that it can be made itself. Nothing of that stays.</summary>
    /// <param name="given">The option and its value, for the message.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UsageException">It, or a folder above it, is a file, may not be written to or has too long a name.</exception>
    public static void RequireWritable(string given, string folder)
    {
        string whole = Path.GetFullPath(folder), existing = whole;
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
                throw new UsageException($"{given}: {existing} is a file; name a folder.");
            existing = Path.GetDirectoryName(existing)!;
        }
        foreach (string name in Path.GetRelativePath(existing, whole).Split(Path.DirectorySeparatorChar))
            RequireShortName(given, Path.Combine(existing, name));
        RequireShortName(given, whole);
        try
        {
            // Permissions alone do not tell: the disk may be read-only.
            File.Create(Path.Combine(existing, Path.GetRandomFileName()), bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{given}: nothing can be written into {existing}; check its permissions, or name another folder.");
        }
    }

    /// <summary>Makes sure that a file of this name, or of this whole path, can be made in a folder that exists.</summary>
    /// <param name="given">The option and its value, for the message.</param>
    /// <param name="path">The file, which need not exist.</param>
    /// <exception cref="UsageException">The name is longer than the file system allows, or the path than the system does.</exception>
    public static void RequireShortName(string given, string path)
    {
        try
        {
            File.GetAttributes(path); // limits differ between file systems: the answer is this one's
        }
        catch (PathTooLongException)
        {
            throw new UsageException($"{given}: this name is too long; give a shorter one.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It does not exist, or for a reason that shows when something is written.
        }
    }
}
