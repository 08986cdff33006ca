namespace Outpaint.Cli.Commands.Extend;

/// <summary>Paths to compare: those that lead to one place through different links are the same.</summary>
internal sealed class RealPath
{
    // As many as Linux follows: what leads in a circle is no place to read from or to write to.
    private const int MaxLinks = 40;

    private readonly Dictionary<string, string> folders = [];

    /// <summary>The absolute path of a file with the links among its folders followed. The file itself, which may be a link, is what is replaced.</summary>
    public string Of(string file)
    {
        string path = Path.GetFullPath(file);
        return Path.Combine(Folder(Path.GetDirectoryName(path)!), Path.GetFileName(path));
    }

    /// <summary>The files that a picture is read through: itself, and where it is a link what that leads to. A second name of the same file (a hard link) is none: if it is replaced, the picture stays.</summary>
    public IEnumerable<string> Chain(string file)
    {
        string path = Of(file);
        yield return path;
        for (int i = 0; i < MaxLinks && new FileInfo(path).LinkTarget is { } target; i++)
            yield return path = Of(Path.Combine(Path.GetDirectoryName(path)!, target));
    }

    private string Folder(string folder)
    {
        if (folders.TryGetValue(folder, out string? known))
            return known;
        string path = Path.GetDirectoryName(folder) is { } parent ? Path.Combine(Folder(parent), Path.GetFileName(folder)) : folder;
        // What leads nowhere, or in a circle, is no folder to write to.
        string? target = Directory.Exists(path) ? Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null;
        return folders[folder] = target is null ? path : Folder(target);
    }
}
