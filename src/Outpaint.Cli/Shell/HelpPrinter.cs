using System.CommandLine;
using System.CommandLine.Invocation;

namespace Outpaint.Cli.Shell;

/// <summary>Prints the help page of the command that was named.</summary>
internal sealed class HelpPrinter(Terminal terminal) : SynchronousCommandLineAction
{
    private const string Indent = "  ";

    // Longer labels stand on a line of their own.
    private const int WidestLabel = 26;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        HelpPage page = ((DocumentedCommand)parseResult.CommandResult.Command).Help;
        Wrap(page.Summary, "");
        Section("Usage");
        foreach (string usage in page.Usage)
            terminal.Output.WriteLine(Indent + usage);
        Section(page.Examples.Count == 1 ? "Example" : "Examples");
        foreach (HelpRow example in page.Examples)
        {
            terminal.Output.WriteLine(Indent + example.Label);
            Wrap(example.Text, Indent + Indent);
        }
        int column = page.Sections.SelectMany(section => section.Rows).Max(row => Math.Min(row.Label.Length, WidestLabel));
        foreach (HelpSection section in page.Sections)
        {
            Section(section.Title);
            foreach (HelpRow row in section.Rows)
                Row(row, column);
        }
        foreach (string note in page.Notes)
        {
            terminal.Output.WriteLine();
            Wrap(note, "");
        }
        return ExitCode.Success;
    }

    private void Section(string title)
    {
        terminal.Output.WriteLine();
        terminal.Output.WriteLine($"{title}:");
    }

    private void Row(HelpRow row, int column)
    {
        string blank = new(' ', Indent.Length + column + Indent.Length);
        bool fits = row.Label.Length <= column;
        if (!fits)
            terminal.Output.WriteLine(Indent + row.Label);
        Wrap(row.Text, blank, fits ? Indent + row.Label.PadRight(column) + Indent : blank);
    }

    private void Wrap(string text, string indent, string? firstIndent = null)
    {
        string line = firstIndent ?? indent;
        bool hasWords = false;
        foreach (string word in text.Split(' '))
        {
            if (hasWords && line.Length + 1 + word.Length > terminal.Width)
            {
                terminal.Output.WriteLine(line);
                (line, hasWords) = (indent, false);
            }
            line += hasWords ? " " + word : word;
            hasWords = true;
        }
        terminal.Output.WriteLine(line);
    }
}
