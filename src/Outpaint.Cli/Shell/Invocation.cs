namespace Outpaint.Cli.Shell;

/// <summary>How the program was called.</summary>
/// <param name="Arguments">The command line.</param>
/// <param name="Environment">Reads an environment variable.</param>
internal sealed record Invocation(IReadOnlyList<string> Arguments, Func<string, string?> Environment)
{
    /// <summary>Takes the W&amp;B API key out of a text that is going to be kept.</summary>
    public string Redact(string text) =>
        Environment("WANDB_API_KEY")?.Trim() is { Length: > 0 } key ? text.Replace(key, "***", StringComparison.Ordinal) : text;
}
