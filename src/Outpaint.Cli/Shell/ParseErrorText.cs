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
        return $"{Reason(error)} Run '{page}' for what it takes.";
    }

    private static string Reason(ParseError error)
    {
        OptionResult? option = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        // The parser's own words for a value that does not convert name .NET types.
        return option?.Tokens is [{ Value: var value }] ? $"{option.Option.Name} cannot be '{value}'." : error.Message;
    }
}
