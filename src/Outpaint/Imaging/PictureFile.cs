namespace Outpaint.Imaging;

/// <summary>Opens files that are to be pictures.</summary>
internal static class PictureFile
{
    // What .NET makes of bytes that are no UTF-8 when it lists a folder.
    private const char NotUtf8 = '\uFFFD';

    /// <summary>What keeps a file of this name from being found; null where nothing does.</summary>
    public static string? NameProblem(string path) =>
        path.Contains(NotUtf8) ? "its name holds bytes that are no UTF-8, so that it cannot be opened; rename it." : null;

    /// <summary>Opens a file for reading, from its beginning and any place in it.</summary>
    /// <exception cref="PictureException">It is missing, empty, a folder, a pipe or a device, or may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path)) // which .NET takes for a matter of permissions
            throw new PictureException(path, "a folder; name a picture in it.");
        try
        {
            var file = new FileInfo(path);
            FileInfo target = file.Exists ? file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file : file;
            if (target.Exists && target.Length == 0) // to open a pipe would take until somebody writes into it
                throw NoFile(path);
            FileStream stream = file.OpenRead();
            if (stream.CanSeek)
                return stream;
            stream.Dispose();
            throw NoFile(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PictureException(path, File.Exists(path)
                ? "a link to a file that does not exist; check where it leads."
                : NameProblem(path) ?? "no such file; check the path.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PictureException(path, $"cannot be opened ({e.Message.TrimEnd('.')}); check that you may read it.");
        }
    }

    private static PictureException NoFile(string path) => new(path, "the file is empty, or a pipe or a device; get a whole copy in a file.");
}
