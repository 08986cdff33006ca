namespace Outpaint.Tracking;

/// <summary>What a program wrote to its console.</summary>
/// <param name="Time">When.</param>
/// <param name="Stream">Where to.</param>
/// <param name="Text">May end within a line.</param>
public sealed record ConsoleText(DateTimeOffset Time, ConsoleStream Stream, string Text);
