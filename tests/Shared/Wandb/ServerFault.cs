using Microsoft.AspNetCore.Http;

namespace Outpaint.Testing.Wandb;

/// <summary>Something that goes wrong with a request.</summary>
/// <param name="Name">For the test's title.</param>
/// <param name="Answer">What the client gets instead of the answer.</param>
/// <param name="AfterTheFact">Whether the request has had its effect all the same.</param>
public sealed record ServerFault(string Name, Func<HttpContext, Task> Answer, bool AfterTheFact = false)
{
    public static ServerFault Reset { get; } = new("connection reset", Abort);

    public static ServerFault LostAnswer { get; } = new("answer lost", Abort, AfterTheFact: true);

    public static ServerFault Slow { get; } = new("too slow", context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }));

    public static ServerFault Status(int code, string? retryAfter = null) => new($"HTTP {code}", context =>
    {
        context.Response.StatusCode = code;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsync("{\"error\": \"as the test wants it\"}");
    });

    public static ServerFault Body(string body) => new(
        $"body {(body.Length < 40 ? body : $"of {body.Length} characters")}", context => context.Response.WriteAsync(body));

    public override string ToString() => Name;

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
