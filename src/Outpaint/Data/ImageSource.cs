using Outpaint.Imaging;

namespace Outpaint.Data;

/// <summary>Finds pictures in folders (recursive), tar shards, packed files and single files, in an order that is the same on every machine.</summary>
public static class ImageSource
{
    /// <summary>Lists the pictures: paths in the given order, files within a folder by name, samples of a shard or packed file as stored.</summary>
    /// <param name="paths">Folders, tar shards, packed files and pictures.</param>
    /// <param name="onSkipped">Told of each subfolder that cannot be read, while the others go on; null to refuse the first.</param>
    /// <exception cref="DataException">A path is missing, unreadable or holds no pictures.</exception>
    public static IReadOnlyList<ImageEntry> Find(IEnumerable<string> paths, Action<SkippedImage>? onSkipped = null)
    {
        var entries = new List<ImageEntry>();
        foreach (string path in paths)
        {
            int before = entries.Count;
            var unreadable = new List<(string Folder, Exception Error)>();
            try
            {
                entries.AddRange(FindIn(path, onSkipped is null ? null : (folder, error) => unreadable.Add((folder, error))));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DataException($"{path}: {Unreadable(e)}");
            }
            if (entries.Count == before && unreadable is [var (folder, error), ..]) // which may well hold some
                throw new DataException($"{folder}: {Unreadable(error)}");
            if (entries.Count == before)
                throw new DataException($"{path}: no pictures in it; give a folder or .tar shards of {string.Join(' ', PictureFormat.Extensions)} files.");
            unreadable.ForEach(skipped => onSkipped!(new SkippedImage(skipped.Folder, Unreadable(skipped.Error))));
        }
        return entries.Count > 0 ? entries : throw new DataException("No data path given; name a folder of pictures or .tar shards.");
    }

    private static string Unreadable(Exception error) => $"cannot be read ({error.Message.TrimEnd('.')}); check its permissions.";

    private static IEnumerable<ImageEntry> FindIn(string path, Action<string, Exception>? unreadable)
    {
        if (Directory.Exists(path))
            return FolderFiles.Names(path, recursive: true, hidden: true, unreadable).SelectMany(name => FindInFile(Path.Combine(path, name), name));
        if (File.Exists(path))
            return FindInFile(path, Path.GetFileName(path));
        throw new DataException($"{path}: no such file or folder; check the path.");
    }

    private static IEnumerable<ImageEntry> FindInFile(string path, string name)
    {
        string file = Target(path);
        if (PackedIndex.IsPackedName(name))
            return PackedIndex.Find(file);
        if (TarShard.IsTarName(name))
            return TarShard.Find(file, name);
        return IsPicture(name) ? [new ImageEntry(name, file, 0, Length(file))] : [];
    }

    // A link's own length and time are not the picture's. One that leads nowhere is a picture that is left out by its name.
    private static string Target(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: true } target ? target.FullName : path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    // What cannot be opened shows when it is read, and does not keep the others from it.
    private static long Length(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;

    // Names with a leading dot are what file managers leave behind ("._photo.jpg").
    internal static bool IsPicture(string name) => PictureFormat.IsSupported(name) && !Path.GetFileName(name).StartsWith('.');
}
