namespace Outpaint.Cli.Shell;

/// <summary>Numbers of things.</summary>
internal static class Plural
{
    /// <summary>"1 photo", "2 photos".</summary>
    public static string Of(long count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
