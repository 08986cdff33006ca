using System.CommandLine;
using System.CommandLine.Parsing;

namespace Outpaint.Cli.Shell;

/// <summary>Words for a command line that could not be parsed.</summary>
internal static class ParseErrorText
{
    /// <summary>The first thing that is wrong, and where to look it up.</summary>
    public static string Describe(ParseResult result)
    {
        ParseError error = result.Errors[0];
        Command command = result.CommandResult.Command;
        string page = command.Parents.Any() ? $"outpaint {command.Name} --help" : "outpaint --help";
        return $"{Reason(error, result)} Run '{page}' for what it takes.";
    }

    /// <summary>Words for an option that a command does not have.</summary>
    public static string NoOption(string name, Command command) => $"there is no option '{name}'.{OptionGuess.For(name, command)}";

    private static string Reason(ParseError error, ParseResult result)
    {
        if (result.UnmatchedTokens is [['-', _, ..] name, ..])
            return NoOption(name, result.CommandResult.Command);
        if (result.UnmatchedTokens is [var word, ..] && result.CommandResult.Command.Subcommands.Count > 0)
            return $"there is no command '{word}'.{OptionGuess.For(word, result.CommandResult.Command)}";
        OptionResult? option = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        if (option is { IdentifierTokenCount: > 1 })
            return $"{option.Option.Name} is given {option.IdentifierTokenCount} times; give it once.";
        // The parser's own words for a value that does not convert name .NET types.
        return option?.Tokens is [{ Value: var value }] ? $"{option.Option.Name} is '{value}'; it must be {Wanted(option.Option)}." : error.Message;
    }

    // Of the types that the parser itself converts, only numbers can fail (OptionEntry).
    private static string Wanted(Option option) =>
        (Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) == typeof(int) ? $"a whole number of at most {int.MaxValue}" : "a whole number";
}
