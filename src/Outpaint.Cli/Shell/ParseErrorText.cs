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
        // The parser's own words name .NET types.
        if (error.SymbolResult is ArgumentResult { Parent: OptionResult given, Tokens: [{ Value: var value }, ..] })
            return $"{given.Option.Name} cannot be '{value}'.";
        return error.Message;
    }
}
