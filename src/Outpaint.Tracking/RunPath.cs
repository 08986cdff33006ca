namespace Outpaint.Tracking;

/// <summary>Where the files of a run lie.</summary>
internal static class RunPath
{
    /// <summary>The path of a file in a run's folder; the folders on the way to it are made.</summary>
    /// <param name="folder">The run's.</param>
    /// <param name="name">The file's, relative to it, with forward slashes.</param>
    /// <exception cref="ArgumentException">It lies outside.</exception>
    internal static string Of(string folder, string name)
    {
        string inside = Path.GetFullPath(folder + Path.DirectorySeparatorChar); // ends in exactly one
        string path = Path.GetFullPath(Path.Combine(inside, name));
        if (Path.IsPathRooted(name) || !path.StartsWith(inside, StringComparison.Ordinal) || path.Length == inside.Length)
            throw new ArgumentException($"'{name}' is no path within the run's folder; give one like 'notes/a.txt'.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
