namespace Outpaint.Tracking.Tests.Wandb.Online;

/// <summary>A network that can be away, and remembers when it was asked for something.</summary>
internal sealed class Network(TimeProvider clock) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private readonly List<(DateTimeOffset Time, string Path)> tries = [];

    /// <summary>Whether it is away at a time.</summary>
    public Func<DateTimeOffset, bool> IsDown { get; set; } = _ => false;

    public (DateTimeOffset Time, string Path)[] Tries
    {
        get
        {
            lock (tries)
                return [.. tries];
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (tries)
            tries.Add((now, request.RequestUri!.AbsolutePath));
        return IsDown(now)
            ? throw new HttpRequestException(HttpRequestError.ConnectionError, "no route to host")
            : base.SendAsync(request, cancellationToken);
    }
}
