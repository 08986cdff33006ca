using System.Net;
using Polly;
using Polly.Retry;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>When a request is tried again, and how long after: the official client's rules, and for the API its patience with lines.</summary>
internal static class RetryPolicy
{
    // Seven days of the longest wait. Whoever waits holds one batch in memory; the rest stays in the log on disk.
    private const int ApiTries = 10_085;

    /// <summary>
    /// Tries in a row in which no file gets through to storage: a quarter of an hour. What cannot be stored is kept, and later
    /// files may fare better.
    /// </summary>
    public const int UploadTries = 20;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortestRetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <summary>Makes a pipeline for requests.</summary>
    /// <param name="time">The clock of the waits.</param>
    /// <param name="retrying">Told why, before each wait.</param>
    public static ResiliencePipeline Create(TimeProvider time, Action<Exception> retrying) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = ApiTries - 1,
                ShouldHandle = attempt => ValueTask.FromResult(IsTransient(attempt.Outcome.Exception)),
                DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(Wait(attempt.AttemptNumber, attempt.Outcome.Exception)),
                OnRetry = attempt =>
                {
                    retrying(attempt.Outcome.Exception!);
                    return default;
                },
            })
            .Build();

    /// <summary>Whether an answer with this status may be different the next time.</summary>
    /// <param name="status">The status, not a success.</param>
    /// <param name="retryConflict">Whether 409 says "not yet" here: so it does when runs are created.</param>
    public static bool IsTransient(HttpStatusCode status, bool retryConflict) => (int)status switch
    {
        409 => retryConflict,
        400 or 401 or 403 or 404 or 410 or 413 or 422 or 501 => false,
        var code => code >= 400,
    };

    /// <summary>How long to wait after a try.</summary>
    /// <param name="attempt">Tries before it.</param>
    /// <param name="failure">How it went.</param>
    public static TimeSpan Wait(int attempt, Exception? failure)
    {
        // Neither at once nor in a year, whatever the server says.
        if (failure is TransientException { RetryAfter: { } asked })
            return TimeSpan.FromTicks(Math.Clamp(asked.Ticks, ShortestRetryAfter.Ticks, LongestRetryAfter.Ticks));
        // The jitter keeps runs that lost the same server apart when it comes back.
        TimeSpan wait = FirstWait * Math.Pow(2, Math.Min(attempt, 10)) * (1 + Random.Shared.NextDouble() / 4);
        return wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>Whether another try may go better.</summary>
    public static bool IsTransient(Exception? failure) => failure
        is HttpRequestException or TransientException or TaskCanceledException { InnerException: TimeoutException };
}
