namespace Outpaint.Tracking;

/// <summary>A stream of a console.</summary>
public enum ConsoleStream
{
    /// <summary>Standard output.</summary>
    Output,

    /// <summary>Standard error.</summary>
    Error,
}
