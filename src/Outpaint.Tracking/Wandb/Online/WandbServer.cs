namespace Outpaint.Tracking.Wandb.Online;

/// <summary>Which W&amp;B server to talk to, and the key it knows us by.</summary>
public sealed class WandbServer
{
    private const string DefaultUrl = "https://api.wandb.ai";

    /// <summary>Names a server.</summary>
    /// <param name="url">Its address, such as <c>https://api.wandb.ai</c>.</param>
    /// <param name="key">The API key for it.</param>
    /// <exception cref="WandbException">The address is not an http or https URL.</exception>
    public WandbServer(string url, WandbApiKey key)
    {
        (BaseUrl, Key) = (Parse(url), key);
    }

    /// <summary>The address, with a slash at the end, so that paths can be appended.</summary>
    public Uri BaseUrl { get; }

    /// <summary>The API key.</summary>
    internal WandbApiKey Key { get; }

    /// <summary>Whether the key crosses a network unencrypted.</summary>
    internal bool SendsKeyInClear => BaseUrl.Scheme == Uri.UriSchemeHttp && !BaseUrl.IsLoopback;

    /// <summary>The server of <c>WANDB_BASE_URL</c>, or wandb.ai, if there is a key for it.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <returns>The server, or null if no key is known for it.</returns>
    /// <exception cref="WandbException">The address or the key is malformed.</exception>
    public static WandbServer? Find(Func<string, string?> environment)
    {
        string url = environment("WANDB_BASE_URL") is { Length: > 0 } given ? given : DefaultUrl;
        return WandbApiKey.Find(Parse(url), environment) is { } key ? new WandbServer(url, key) : null;
    }

    /// <summary>The page of a run, for a person to open.</summary>
    public Uri RunPage(string entity, string project, string run) =>
        new(AppUrl, string.Join('/', new[] { entity, project, "runs", run }.Select(Uri.EscapeDataString)));

    // The web pages of wandb.ai are beside its API; those of a server of one's own are on the same host.
    private Uri AppUrl
    {
        get
        {
            string host = BaseUrl.Host;
            var app = new UriBuilder(BaseUrl);
            if (host.StartsWith("api.wandb.", StringComparison.OrdinalIgnoreCase))
                app.Host = host["api.".Length..];
            else if (host.StartsWith("api.", StringComparison.OrdinalIgnoreCase))
                app.Host = "app." + host["api.".Length..];
            return app.Uri;
        }
    }

    private static Uri Parse(string url) =>
        Uri.TryCreate(url.Trim().TrimEnd('/') + "/", UriKind.Absolute, out Uri? parsed)
        && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp) && parsed.UserInfo.Length == 0
            ? parsed
            : throw new WandbException($"{(url.Contains('@') ? "An address with a password" : $"'{url}'")} is not the address of a W&B server; WANDB_BASE_URL should be like {DefaultUrl}.");
}
