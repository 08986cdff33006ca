namespace Outpaint.Cli.Shell;

/// <summary>What a user types, and what it means.</summary>
internal sealed record HelpRow(string Label, string Text);
