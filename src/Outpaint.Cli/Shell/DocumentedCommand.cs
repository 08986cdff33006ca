using System.CommandLine;

namespace Outpaint.Cli.Shell;

/// <summary>A command that carries its help page.</summary>
internal sealed class DocumentedCommand(string name, HelpPage help) : Command(name, help.Summary)
{
    /// <summary>What --help prints.</summary>
    public HelpPage Help { get; } = help;
}
