using Outpaint.Tracking.Wandb;
using Outpaint.Tracking.Wandb.Online;

namespace Outpaint.Tracking.Tests.Wandb.Online;

/// <summary>A training run that is tracked by a mock server, in virtual time.</summary>
internal sealed class OnlineRun : IDisposable
{
    public const string Key = "0123456789abcdef0123456789abcdef01234567";

    private readonly TemporaryFolder folder = new();
    private readonly List<string> told = [];
    private WandbOnlineTracker? tracker;

    public OnlineRun()
    {
        // The training loop, and the sender.
        Clock = new VirtualClock(actors: 2);
        Server = new MockWandb();
        Network = new Network(Clock);
        Options = new OnlineOptions { Time = Clock, Handler = Network };
        Settings = new WandbRunOptions
        {
            Project = "gan project",
            RunId = "run1",
            Root = folder.Path,
            Facts = new RunFacts { StartedAt = Clock.GetUtcNow(), Program = "outpaint train" },
        };
    }

    public VirtualClock Clock { get; }

    public MockWandb Server { get; }

    public Network Network { get; }

    public OnlineOptions Options { get; set; }

    public WandbRunOptions Settings { get; set; }

    /// <summary>What the user does on seeing a line.</summary>
    public Action<string> Shown { get; set; } = _ => { };

    public string Root => folder.Path;

    public WandbOnlineTracker Tracker => tracker ?? throw new InvalidOperationException("not started");

    /// <summary>What the user was shown.</summary>
    public string[] Told
    {
        get
        {
            lock (told)
                return [.. told];
        }
    }

    public void Start(string? url = null) =>
        tracker = WandbOnlineTracker.Start(Settings, new WandbServer(url ?? Server.Url, new WandbApiKey(Key, "test")), Options, Tell);

    /// <summary>Trains: a step every ten seconds.</summary>
    public async Task TrainAsync(int steps, int firstStep = 0)
    {
        for (int step = firstStep; step < firstStep + steps; step++)
        {
            Tracker.Log(new TrackedStep(step, new Dictionary<string, double> { ["loss"] = 1.0 / (step + 1) }) { Time = Clock.GetUtcNow() });
            await Clock.Delay(TimeSpan.FromSeconds(10));
        }
    }

    public void Finish(int exitCode = 0)
    {
        Tracker.Finish(exitCode);
        Assert.Null(Server.Misunderstanding);
    }

    public void Dispose()
    {
        tracker?.Dispose();
        Server.Dispose();
        Network.Dispose();
        folder.Dispose();
    }

    private void Tell(string line)
    {
        lock (told)
            told.Add(line);
        Shown(line);
        if (line.Contains("Nothing more is sent", StringComparison.Ordinal))
            Clock.Leave();
    }
}
