using Outpaint.Cli.Shell;

namespace Outpaint.Cli.Commands;

/// <summary>A folder that results go to, looked at before the work, which would be lost.</summary>
internal static class OutputFolder
{
    /// <summary>Makes sure that files can be made in the folder, or that it can be made itself. Nothing of that stays.</summary>
    /// <param name="given">The option and its value, for the message.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UsageException">It, or a folder above it, is a file or may not be written to.</exception>
    public static void RequireWritable(string given, string folder)
    {
        string existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
                throw new UsageException($"{given}: {existing} is a file; name a folder.");
            existing = Path.GetDirectoryName(existing)!;
        }
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
}
