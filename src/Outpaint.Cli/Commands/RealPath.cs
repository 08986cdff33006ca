namespace Outpaint.Cli.Commands;

/// <summary>Paths to compare: those that lead to one place through different links are the same.</summary>
internal sealed class RealPath
{
    private readonly Dictionary<string, string> folders = [];

    /// <summary>The absolute path of a file with the links among its folders followed. The file itself, which may be a link, is what is replaced.</summary>
    public string Of(string file)
    {
        string path = Path.GetFullPath(file);
        return Path.Combine(Folder(Path.GetDirectoryName(path)!), Path.GetFileName(path));
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
