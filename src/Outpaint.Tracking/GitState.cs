using System.Text.RegularExpressions;

namespace Outpaint.Tracking;

/// <summary>What git knows of a folder.</summary>
/// <param name="Commit">The commit that is checked out, 40 hexadecimal digits.</param>
/// <param name="RemoteUrl">Where the repository comes from, without user name and password; empty if from nowhere.</param>
public sealed partial record GitState(string Commit, string RemoteUrl)
{
    /// <summary>Asks git; null where there is no repository, no commit or no git.</summary>
    public static GitState? Find(string folder)
    {
        string? commit = Subprocess.Output("git", ["-C", folder, "rev-parse", "--verify", "--quiet", "HEAD"])?.Trim();
        if (string.IsNullOrEmpty(commit))
            return null;
        string? remote = Subprocess.Output("git", ["-C", folder, "config", "--get", "remote.origin.url"])?.Trim();
        return new GitState(commit, WithoutCredentials(remote ?? ""));
    }

    // https://user:token@host/path: people do keep tokens there, with whatever characters.
    private static string WithoutCredentials(string url) => Credentials.Replace(url, "");

    [GeneratedRegex("(?<=^[a-z][a-z0-9+.-]*://)[^/]*@", RegexOptions.IgnoreCase)]
    private static partial Regex Credentials { get; }
}
