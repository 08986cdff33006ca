namespace Outpaint.Cli.Shell;

/// <summary>
/// Files of options, to run the same command again: "@configs/r1.args" on a command line stands for the file's lines,
/// each an option and, after a space, its value, which may hold spaces; a line that starts with # is a comment.
/// </summary>
internal static class ArgumentFile
{
    private const string Extension = ".args";

    /// <summary>Puts the files' words in the place of their names; other arguments that start with @ stay.</summary>
    /// <exception cref="UsageException">A file does not exist.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string[] Expand(string[] arguments) => [.. arguments.SelectMany(argument =>
        argument.StartsWith('@') && argument.EndsWith(Extension, StringComparison.Ordinal) ? Read(argument[1..]) : [argument])];

    private static IEnumerable<string> Read(string path)
    {
        if (!File.Exists(path))
            throw new UsageException($"@{path}: no such file; check the path.");
        return File.ReadLines(path)
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .SelectMany(line => line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
