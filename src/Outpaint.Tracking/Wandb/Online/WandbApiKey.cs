using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>A W&amp;B API key, held so that it cannot reach a log by accident: it prints as asterisks.</summary>
public sealed partial class WandbApiKey
{
    private readonly string secret;

    /// <summary>Takes a key: at least 40 letters, digits or underscores, perhaps after a prefix and a dash.</summary>
    /// <param name="secret">The key.</param>
    /// <param name="source">Where it comes from, for the error message.</param>
    /// <exception cref="WandbException">It does not look like a key.</exception>
    public WandbApiKey(string secret, string source)
    {
        this.secret = secret.Trim();
        if (!Shape().IsMatch(this.secret))
            throw new WandbException($"{source} does not hold a W&B API key (40 or more letters and digits); copy yours from https://wandb.ai/authorize, or use --wandb_mode offline (WANDB_MODE=offline).");
    }

    /// <summary>The key in the form that every API call carries.</summary>
    internal AuthenticationHeaderValue Authorization =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"api:{secret}")));

    /// <summary>Looks for a key in <c>WANDB_API_KEY</c>, then in the netrc file's entry for the host.</summary>
    /// <param name="baseUrl">The server it is for.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <returns>The key, or null if there is none.</returns>
    /// <exception cref="WandbException">There is one, but it cannot be a key.</exception>
    public static WandbApiKey? Find(Uri baseUrl, Func<string, string?> environment)
    {
        if (environment("WANDB_API_KEY") is { Length: > 0 } variable)
            return new WandbApiKey(variable, "WANDB_API_KEY");
        foreach (string path in NetrcPaths(environment))
        {
            if (File.Exists(path) && Netrc.FindPassword(File.ReadAllText(path), baseUrl) is { } password)
                return new WandbApiKey(password, path);
        }

        return null;
    }

    /// <summary>Takes the key out of a text that others wrote, such as a server's error message.</summary>
    internal string Redact(string text) => text
        .Replace(secret, "***", StringComparison.Ordinal)
        .Replace(Authorization.Parameter!, "***", StringComparison.Ordinal);

    /// <summary>Asterisks.</summary>
    public override string ToString() => "***";

    private static IEnumerable<string> NetrcPaths(Func<string, string?> environment)
    {
        if (environment("NETRC") is { Length: > 0 } named)
            return [named];
        string home = environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return [Path.Combine(home, ".netrc"), Path.Combine(home, "_netrc")];
    }

    [GeneratedRegex(@"^(?:\w+-)*\w{40,}$")]
    private static partial Regex Shape();
}
