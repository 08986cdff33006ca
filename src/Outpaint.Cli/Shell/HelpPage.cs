namespace Outpaint.Cli.Shell;

/// <summary>The help of one command.</summary>
/// <param name="Summary">What the command does, in one line.</param>
/// <param name="Usage">The shapes of its command line.</param>
/// <param name="Examples">Command lines that work as they stand, each with what it does.</param>
/// <param name="Sections">Groups of options or commands.</param>
/// <param name="Notes">Paragraphs below them.</param>
internal sealed record HelpPage(
    string Summary,
    IReadOnlyList<string> Usage,
    IReadOnlyList<HelpRow> Examples,
    IReadOnlyList<HelpSection> Sections,
    IReadOnlyList<string> Notes);
