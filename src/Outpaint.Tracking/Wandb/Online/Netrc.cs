namespace Outpaint.Tracking.Wandb.Online;

/// <summary>Reads passwords from a netrc file, where <c>wandb login</c> keeps the API key.</summary>
/// <remarks>The format is that of inetutils: words separated by white space; a <c>macdef</c> ends at an empty line.</remarks>
internal static class Netrc
{
    private static readonly char[] WhiteSpace = [' ', '\t', '\r', '\n'];

    /// <summary>The password for a server, or null. <c>machine</c> may name the port; <c>default</c> stands for any machine.</summary>
    public static string? FindPassword(string content, Uri server)
    {
        string[] words = Words(content);
        bool matches = false;
        for (int i = 0; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "default":
                    matches = true;
                    break;
                case "machine" when i + 1 < words.Length:
                    string machine = words[++i];
                    matches = machine == server.Host || machine == server.Authority;
                    break;
                case "login" or "account":
                    i++;
                    break;
                case "password" when i + 1 < words.Length:
                    i++;
                    if (matches)
                        return words[i];
                    break;
            }
        }

        return null;
    }

    private static string[] Words(string content)
    {
        var kept = new List<string>();
        bool inMacro = false;
        foreach (string line in content.Split('\n').Select(line => line.Trim()))
        {
            inMacro = line.StartsWith("macdef", StringComparison.Ordinal) || (inMacro && line.Length > 0);
            if (!inMacro && !line.StartsWith('#'))
                kept.AddRange(line.Split(WhiteSpace, StringSplitOptions.RemoveEmptyEntries));
        }

        return [.. kept];
    }
}
