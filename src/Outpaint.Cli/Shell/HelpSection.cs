namespace Outpaint.Cli.Shell;

/// <summary>Rows of help under a heading.</summary>
internal sealed record HelpSection(string Title, IReadOnlyList<HelpRow> Rows);
