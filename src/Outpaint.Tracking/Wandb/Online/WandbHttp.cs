using System.Text.Json;
using Polly;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>Sends requests to a W&amp;B server: lines again and again until there is an answer that is one, files once.</summary>
/// <remarks>Certificates are checked as everywhere in .NET; proxies come from <c>HTTPS_PROXY</c> and its kin.</remarks>
internal sealed class WandbHttp : IDisposable
{
    // The longest answer to expect is a run's configuration; a longer one is not W&B's.
    private const int LongestAnswer = 16 << 20;

    private readonly WandbServer server;
    private readonly HttpClient api;
    private readonly HttpClient storage;
    private readonly ResiliencePipeline retry;
    private readonly AnswerCheck check;
    private readonly OutageReport outage;
    private readonly SocketsHttpHandler? ownHandler;

    /// <summary>Prepares to talk to a server; nothing is sent yet.</summary>
    /// <param name="server">Where to, and the key.</param>
    /// <param name="options">Time limits, clock and handler.</param>
    /// <param name="outage">Told how the tries go.</param>
    public WandbHttp(WandbServer server, OnlineOptions options, OutageReport outage)
    {
        (this.server, this.outage) = (server, outage);
        check = new AnswerCheck(server.Key, options.Time);
        // A redirected POST would turn into a GET without the key; the address should be mended instead.
        HttpMessageHandler handler = options.Handler ?? (ownHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(15), // a run outlives what DNS said at its start
        });
        api = Client(handler, options.TryTimeout);
        api.BaseAddress = server.BaseUrl;
        api.DefaultRequestHeaders.Authorization = server.Key.Authorization;
        // A large file may take its time; storage is not W&B's, so it never sees the key.
        storage = Client(handler, options.UploadTimeout);
        retry = RetryPolicy.Create(options.Time, failure => outage.Failed(check.Describe(failure)));
    }

    /// <summary>Makes what the server wrote fit for a line to the user.</summary>
    public string Quote(string text) => check.Quote(text);

    /// <summary>Posts JSON to the API, until there is an answer.</summary>
    /// <inheritdoc cref="PostOnceAsync"/>
    public async Task<T> PostAsync<T>(
        string path, byte[] json, Func<JsonElement, T> read, bool retryConflict, CancellationToken cancellation) =>
        await retry.ExecuteAsync(
            async token =>
            {
                T answer = await PostOnceAsync(path, json, read, retryConflict, token).ConfigureAwait(false);
                outage.Ended();
                return answer;
            },
            cancellation).ConfigureAwait(false);

    /// <summary>Posts JSON to the API, and fails as <see cref="RetryPolicy.IsTransient(Exception?)"/> knows it if there is no answer.</summary>
    /// <param name="path">Below the server's address, percent-encoded.</param>
    /// <param name="json">The body.</param>
    /// <param name="read">Reads the answer; any exception of <see cref="JsonElement"/> counts as a malformed answer.</param>
    /// <param name="retryConflict">Whether 409 may pass.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WandbException">The server refuses the request for good.</exception>
    public async Task<T> PostOnceAsync<T>(
        string path, byte[] json, Func<JsonElement, T> read, bool retryConflict, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new("application/json");
        using HttpResponseMessage response = await api.SendAsync(request, cancellation).ConfigureAwait(false);
        await check.RequireSuccessAsync(response, retryConflict, cancellation).ConfigureAwait(false);
        return await ReadAsync(response, read, cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts a file to a signed address of the storage behind W&amp;B, once; fails as <see cref="PostOnceAsync"/> does.</summary>
    /// <param name="url">The address; below the server's if it starts with a slash.</param>
    /// <param name="path">The file.</param>
    /// <param name="headers">What the storage wants to be sent along: "name: value".</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WandbException">The storage refuses the file; a fresh address may help.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task PutAsync(string url, string path, IReadOnlyList<string> headers, CancellationToken cancellation)
    {
        // Never whole in memory: a file may be larger than that.
        using var content = new StreamContent(File.OpenRead(path));
        using var request = new HttpRequestMessage(HttpMethod.Put, StorageAddress(url)) { Content = content };
        foreach (string header in headers)
            AddHeader(request, header);
        using HttpResponseMessage response = await storage.SendAsync(request, cancellation).ConfigureAwait(false);
        await check.RequireSuccessAsync(response, retryConflict: false, cancellation).ConfigureAwait(false);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        api.Dispose();
        storage.Dispose();
        ownHandler?.Dispose();
    }

    private static HttpClient Client(HttpMessageHandler handler, TimeSpan timeout)
    {
        var client = new HttpClient(handler, disposeHandler: false) { Timeout = timeout, MaxResponseContentBufferSize = LongestAnswer };
        client.DefaultRequestHeaders.UserAgent.Add(new("outpaint-tracking", typeof(WandbHttp).Assembly.GetName().Version!.ToString(3)));
        return client;
    }

    private Uri StorageAddress(string url) =>
        Uri.TryCreate(server.BaseUrl, url, out Uri? address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address
            : throw new WandbException("the server gives an upload address that is no web address");

    private static void AddHeader(HttpRequestMessage request, string header)
    {
        int colon = header.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || header.Any(char.IsControl))
            return;
        (string name, string value) = (header[..colon].Trim(), header[(colon + 1)..].Trim());
        if (!request.Headers.TryAddWithoutValidation(name, value))
            request.Content!.Headers.TryAddWithoutValidation(name, value);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        try
        {
            using JsonDocument answer = JsonDocument.Parse(body);
            return read(answer.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Some gateway on the way, perhaps: worth another try, as a failing server is.
            throw new TransientException("an answer that is not W&B's");
        }
    }
}
