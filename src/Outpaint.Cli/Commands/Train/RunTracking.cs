using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Outpaint.Cli.Shell;
using Outpaint.Tracking;
using Outpaint.Tracking.SystemMetrics;
using Outpaint.Tracking.TensorBoard;
using Outpaint.Tracking.Wandb;
using Outpaint.Tracking.Wandb.Online;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Cli.Commands.Train;

/// <summary>Records a training run: in plain files always, for TensorBoard and W&amp;B when asked.</summary>
internal sealed class RunTracking : IDisposable
{
    private readonly Invocation invocation;
    private readonly WandbOnlineTracker? online;
    private readonly BackgroundTracker tracker;
    private readonly SystemMonitor monitor;

    /// <summary>Begins.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="terminal">Where the run writes.</param>
    /// <param name="invocation">The command line and its environment.</param>
    /// <exception cref="UsageException">What is asked for cannot be.</exception>
    /// <exception cref="WandbException">W&amp;B refuses the run.</exception>
    /// <exception cref="IOException">A file for W&amp;B cannot be made.</exception>
    /// <exception cref="TrainingException">Another one cannot be made.</exception>
    public RunTracking(TrainingOptions options, RunFolder folder, Terminal terminal, Invocation invocation)
    {
        this.invocation = invocation;
        var early = new ConcurrentQueue<ConsoleText>(); // written before there is a tracker to record it
        Terminal = terminal with { Output = Recorded(terminal.Output, ConsoleStream.Output), Error = Recorded(terminal.Error, ConsoleStream.Error) };
        var backEnds = new List<(string Name, ITracker Tracker)> { ("The run folder", new FileTracker(folder.Path)) };
        try
        {
            if (options.TensorBoard)
                folder.Save(() => backEnds.Add(("TensorBoard", new TensorBoardTracker(folder.Path))));
            var wandb = new WandbStart(options, folder, invocation.Environment);
            if (wandb.IsWanted)
            {
                RunFacts facts = RunFacts.Collect("outpaint", [.. invocation.Arguments.Select(invocation.Redact)]);
                backEnds.Add(("W&B", wandb.Start(facts, Terminal.Output.WriteLine)));
            }
        }
        catch
        {
            backEnds.ForEach(backEnd => backEnd.Tracker.Dispose());
            throw;
        }

        online = backEnds.Select(backEnd => backEnd.Tracker).OfType<WandbOnlineTracker>().FirstOrDefault();
        StopRequested = online?.StopRequested ?? CancellationToken.None;
        tracker = new BackgroundTracker(new CompositeTracker(Terminal.WriteError, [.. backEnds]), Terminal.WriteError);
        monitor = new SystemMonitor(tracker);
        foreach (ConsoleText text in early)
            tracker.LogConsole(text);

        RecordingWriter Recorded(TextWriter writer, ConsoleStream stream) => new(writer, text => Keep(Console(stream, text)));

        void Keep(ConsoleText text)
        {
            if (tracker is null)
                early.Enqueue(text);
            else
                tracker.LogConsole(text);
        }
    }

    /// <summary>Where the training reports.</summary>
    public ITracker Tracker => tracker;

    /// <summary>The terminal, with what is written to it recorded.</summary>
    public Terminal Terminal { get; }

    /// <summary>Cancelled when someone presses Stop on the run's page.</summary>
    public CancellationToken StopRequested { get; }

    /// <summary>Does the run and records how it ends.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">What stops the run; afterwards, what stops sending the rest of its record.</param>
    /// <returns>The exit code, as <paramref name="run"/> returned it.</returns>
    public int Record(Func<int> run, CancellationToken cancellation = default)
    {
        try
        {
            int code = run();
            Finish(code, cancellation);
            return code;
        }
        catch (Exception e)
        {
            tracker.LogConsole(Console(ConsoleStream.Error, ErrorReport.Line(e) + Environment.NewLine)); // shown where the program ends
            Finish(e is OperationCanceledException ? ExitCode.Interrupted : ExitCode.Failure, cancellation);
            throw;
        }
    }

    /// <summary>Closes everything.</summary>
    public void Dispose()
    {
        monitor.Dispose();
        tracker.Dispose();
    }

    private ConsoleText Console(ConsoleStream stream, string text) => new(DateTimeOffset.UtcNow, stream, invocation.Redact(text));

    private void Finish(int exitCode, CancellationToken cancellation)
    {
        monitor.Dispose();
        // The signal that ended the run is no wish to lose the end of its record; one that comes now is, also where it is the second.
        using var interruption = new Interruption(PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(
            interruption.Token, cancellation.IsCancellationRequested ? CancellationToken.None : cancellation);
        using CancellationTokenRegistration sending = leaving.Token.Register(() => online?.StopSending());
        tracker.Finish(exitCode);
    }
}
