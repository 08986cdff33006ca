using System.CommandLine;

namespace Outpaint.Cli.Shell;

/// <summary>Which option or command somebody meant who typed one that does not exist. The parser's own corrections come with its own error page.</summary>
internal static class OptionGuess
{
    private const int MostEdits = 2;

    /// <summary>" Did you mean --output_dir?", or nothing.</summary>
    /// <param name="typed">What was typed, with its dashes.</param>
    /// <param name="command">The command whose options, or commands, there are.</param>
    public static string For(string typed, Command command)
    {
        string wanted = Normal(typed);
        string[] names = typed.StartsWith('-')
            ? [.. command.Options.Where(option => !option.Hidden).Select(option => option.Name)]
            : [.. command.Subcommands.SelectMany(subcommand => subcommand.Aliases.Prepend(subcommand.Name))];
        string? guess = wanted.Length < MostEdits + 1
            ? null
            : names.FirstOrDefault(name => Normal(name).StartsWith(wanted, StringComparison.Ordinal))
                ?? names.FirstOrDefault(name => Normal(name).Split('_').Contains(wanted))
                ?? names.Where(name => Edits(wanted, Normal(name)) <= Math.Min(MostEdits, wanted.Length / 2)).MinBy(name => Edits(wanted, Normal(name)));
        return guess is null ? "" : $" Did you mean {guess}?";
    }

    /// <summary>An option's name without dashes before it and value behind it, its words joined by underscores.</summary>
    public static string Normal(string name) => name.TrimStart('-').Split('=')[0].Replace('-', '_');

    // Letters to insert, delete or replace (Levenshtein 1966).
    private static int Edits(string one, string other)
    {
        int[] last = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int[] row = [i, .. new int[other.Length]];
            for (int j = 1; j <= other.Length; j++)
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
            last = row;
        }
        return last[^1];
    }
}
