using System.CommandLine;

namespace Outpaint.Cli.Shell;

/// <summary>
/// Files of options, to run the same command again: "@configs/r1.args" on a command line stands for the file's lines,
/// each an option and, after a space, its value, which may hold spaces; a line that starts with # is a comment. An option that
/// the command line gives itself counts instead of the file's.
/// </summary>
internal static class ArgumentFile
{
    private const string Extension = ".args";

    /// <summary>Puts the files' words in the place of their names; other arguments that start with @ stay.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="root">The program, whose options have short names.</param>
    /// <exception cref="UsageException">A file does not exist.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string[] Expand(string[] arguments, Command root)
    {
        Option[] options = [.. root.Subcommands.SelectMany(command => command.Options)];
        HashSet<string> given = [.. arguments.Where(argument => argument.StartsWith('-')).Select(Name)];
        return [.. arguments.SelectMany(argument =>
            argument.StartsWith('@') && argument.EndsWith(Extension, StringComparison.Ordinal) ? Read(argument[1..], word => given.Contains(Name(word))) : [argument])];

        string Name(string word) => OptionGuess.Normal(options.FirstOrDefault(option => option.Aliases.Contains(word.Split('=')[0]))?.Name ?? word);
    }

    private static IEnumerable<string> Read(string path, Func<string, bool> isGiven)
    {
        if (!File.Exists(path))
            throw new UsageException($"@{path}: no such file; check the path.");
        return File.ReadLines(path)
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(words => !isGiven(words[0]))
            .SelectMany(words => words);
    }
}
