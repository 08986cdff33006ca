namespace Outpaint.Tracking.Wandb.Online;

/// <summary>Tells answers that are final from those that are worth another try, and puts both into words.</summary>
/// <param name="key">What must not appear in the words.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerCheck(WandbApiKey key, TimeProvider time)
{
    private const int QuotedCharacters = 200;

    /// <summary>Lets answers of success pass.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="retryConflict">Whether 409 is worth another try.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientException">Another try is worth it.</exception>
    /// <exception cref="WandbException">It is not.</exception>
    public async Task RequireSuccessAsync(HttpResponseMessage response, bool retryConflict, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
            return;
        int code = (int)response.StatusCode;
        if (RetryPolicy.IsTransient(response.StatusCode, retryConflict))
            throw new TransientException($"HTTP {code}", RetryAfter(response));
        string host = response.RequestMessage!.RequestUri!.Authority;
        throw new WandbException(code switch
        {
            401 => $"{host} refuses the W&B API key (HTTP 401); check WANDB_API_KEY, or run 'wandb login' again.",
            >= 300 and < 400 => $"{host} answers with a redirection (HTTP {code}); WANDB_BASE_URL should be the address it leads to.",
            _ => $"{host} refuses the request (HTTP {code}): {Quote(await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false))}",
        });
    }

    /// <summary>Why a try failed, in a few words.</summary>
    public string Describe(Exception failure) => key.Redact(failure switch
    {
        TaskCanceledException => "no answer in time",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "its certificate is not trusted",
        HttpRequestException { InnerException: { } inner } => inner.Message,
        _ => failure.Message,
    });

    /// <summary>What others wrote, fit for a line to the user: short, and without the key.</summary>
    public string Quote(string text)
    {
        string line = string.Join(' ', key.Redact(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= QuotedCharacters ? line : line[..QuotedCharacters] + "...";
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };
}
