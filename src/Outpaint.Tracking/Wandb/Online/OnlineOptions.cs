using System.Globalization;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>How patient and how hasty the connection to W&amp;B is. The pause between batches is the official client's.</summary>
public sealed record OnlineOptions
{
    private const double MostSeconds = 86_400; // a day

    /// <summary>What to do if the run exists on the server already, or does not.</summary>
    public ResumeMode Resume { get; init; }

    /// <summary>How long to wait at the start for the server, to tell the user how it goes. Then training goes on, whatever comes.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait at the end until everything is sent.</summary>
    public TimeSpan FinishTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause between two batches of lines.</summary>
    public TimeSpan BatchInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one try of a request may take.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one try of a file's upload may take.</summary>
    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The clock of pauses and waits. A request's own time limit follows the machine's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What carries the requests, or null for the network.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Reads the one variable of W&amp;B's own client that says how patient it is: WANDB_INIT_TIMEOUT, in seconds.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="WandbException">It is no such time.</exception>
    public static OnlineOptions FromEnvironment(Func<string, string?> environment)
    {
        string given = environment("WANDB_INIT_TIMEOUT")?.Trim() ?? "";
        if (given.Length == 0)
            return new OnlineOptions();
        return double.TryParse(given, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= MostSeconds
            ? new OnlineOptions { ConnectTimeout = TimeSpan.FromSeconds(seconds) }
            : throw new WandbException($"WANDB_INIT_TIMEOUT is '{given}'; it must be a number of seconds, such as 90.");
    }
}
