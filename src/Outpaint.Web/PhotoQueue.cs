using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Outpaint.Inference;

namespace Outpaint.Web;

/// <summary>
/// Photos on their way to be extended. Their files come in before it is their turn, so that nobody waits for a slow sender, and lie
/// in memory, which bounds how many there are.
/// </summary>
/// <param name="limit">Bytes that all files may take together.</param>
[SuppressMessage("Design", "CA1001", Justification = "It lasts as long as the service.")]
internal sealed class PhotoQueue(long limit)
{
    private const int Longest = 100;

    private static readonly int AtATime = MemoryGate.AtATime();

    private readonly MemoryGate files = new(limit);
    private readonly ConcurrencyLimiter turns = new(new ConcurrencyLimiterOptions { PermitLimit = AtATime, QueueLimit = int.MaxValue });

    /// <summary>Keeps room for a file.</summary>
    /// <param name="bytes">What it takes at most. However small, it takes its share, so that there are never more than so many.</param>
    /// <returns>Gives the room back when disposed.</returns>
    /// <exception cref="BadHttpRequestException">There is none.</exception>
    public IDisposable Join(long bytes) => files.TryEnter(Math.Max(bytes, limit / (AtATime + Longest)))
        ?? throw new BadHttpRequestException("too many photos are waiting; try again in a minute.", StatusCodes.Status503ServiceUnavailable);

    /// <summary>Waits for a photo's turn, which lasts until what is returned is disposed.</summary>
    public ValueTask<RateLimitLease> Turn(CancellationToken cancellation) => turns.AcquireAsync(1, cancellation);
}
