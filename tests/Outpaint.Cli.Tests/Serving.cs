using System.Text.RegularExpressions;

namespace Outpaint.Cli.Tests;

/// <summary>Runs <c>outpaint serve</c>.</summary>
internal static class Serving
{
    /// <summary>Runs it while something is asked of it.</summary>
    public static async Task Serve(
        this CommandLine program, BlackInpainter inpainter, Func<HttpClient, CancellationToken, Task> ask, string address = "127.0.0.1")
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<int> run = Task.Run(() => program.Run(_ => inpainter, stop.Token, "serve", "--address", address, "--port", "0", "--weights", program.Weights), stop.Token);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = await Address(program, run) };
        await ask(client, stop.Token);
        await stop.CancelAsync();
        Assert.Equal(0, await run);
    }

    // Where it says that it is.
    private static async Task<Uri> Address(CommandLine program, Task<int> run)
    {
        while (!run.IsCompleted)
        {
            if (Regex.Match(program.Output, @"http://\S+") is { Success: true } address)
                return new Uri(address.Value);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        throw new InvalidOperationException(program.Error);
    }
}
