namespace Outpaint.Cli.Shell;

/// <summary>The help of the program itself.</summary>
internal static class RootHelp
{
    /// <summary>Lists the commands, with the example of each.</summary>
    public static HelpPage For(IReadOnlyList<DocumentedCommand> commands) => new(
        "outpaint continues pictures beyond their borders, with a network that runs on this machine.",
        ["outpaint COMMAND [options]"],
        [.. commands.Select(command => command.Help.Examples[0])],
        [
            new HelpSection("Commands", [.. commands.Select(command => new HelpRow(command.Name, command.Help.Summary))]),
            new HelpSection("Options",
            [
                new HelpRow("-h, --help", "Explain the program, or the command before it."),
                new HelpRow("--version", "Print the version."),
            ]),
        ],
        ["Exit codes: 0 done, 1 something failed, 2 the command line is wrong, 130 stopped by Ctrl-C."]);
}
