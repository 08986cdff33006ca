using Spectre.Console;

namespace Outpaint.Cli.Shell;

/// <summary>Shows how far a batch is: a bar on a terminal, otherwise a numbered line per item.</summary>
internal sealed class BatchProgress
{
    private readonly int count;
    private readonly Action<string> say;
    private readonly Action<string> complain;
    private int finished;

    private BatchProgress(int count, Action<string> say, Action<string> complain) =>
        (this.count, this.say, this.complain) = (count, say, complain);

    /// <summary>Runs the work.</summary>
    /// <param name="terminal">Where to report.</param>
    /// <param name="count">How many items there are.</param>
    /// <param name="work">Calls <see cref="Done"/> or <see cref="Failed"/> after each, one at a time.</param>
    public static void Run(Terminal terminal, int count, Action<BatchProgress> work)
    {
        if (terminal.IsInteractive && count > 1)
            RunWithBar(terminal, count, work);
        else
            work(new BatchProgress(count, terminal.Output.WriteLine, terminal.WriteError));
    }

    /// <summary>Reports an item in one line.</summary>
    public void Done(string line)
    {
        finished++;
        say(count > 1 ? $"[{finished}/{count}] {line}" : line);
    }

    /// <summary>Reports an item that failed.</summary>
    public void Failed(string error)
    {
        finished++;
        complain(error);
    }

    private static void RunWithBar(Terminal terminal, int count, Action<BatchProgress> work)
    {
        // Errors wait until the bar is gone: written beside it they would tear it apart.
        var errors = new List<string>();
        IAnsiConsole console = terminal.CreateConsole();
        try
        {
            console.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    ProgressTask task = context.AddTask($"{count} pictures", maxValue: count);
                    work(new BatchProgress(count, Advancing(task, console.WriteLine), Advancing(task, errors.Add)));
                });
        }
        finally
        {
            errors.ForEach(terminal.WriteError);
        }
    }

    private static Action<string> Advancing(ProgressTask task, Action<string> write) => line =>
    {
        write(line);
        task.Increment(1);
    };
}
