using Outpaint.Torch.Serialization;
using Spectre.Console;

namespace Outpaint.Cli.Shell;

/// <summary>Shows how far a batch is: a bar on a terminal, otherwise a numbered line per item.</summary>
internal sealed class BatchProgress : IProgress<double>
{
    // The bar, which is drawn again below what is written over it.
    private const string EraseBelow = "\e[0J";

    private readonly int count;
    private readonly Action<string> say;
    private readonly Action<string> complain;
    private readonly Action<double> show;
    private int finished;

    private BatchProgress(int count, Action<string> say, Action<string> complain, Action<double> show) =>
        (this.count, this.say, this.complain, this.show) = (count, say, complain, show);

    /// <summary>Runs the work.</summary>
    /// <param name="terminal">Where to report.</param>
    /// <param name="count">How many items there are.</param>
    /// <param name="work">Calls <see cref="Done"/> or <see cref="Failed"/> after each, one at a time.</param>
    public static void Run(Terminal terminal, int count, Action<BatchProgress> work)
    {
        if (terminal.IsInteractive)
            RunWithBar(terminal, count, work);
        else
            work(new BatchProgress(count, terminal.Output.WriteLine, terminal.WriteError, _ => { }));
    }

    /// <summary>Reports an item in one line.</summary>
    public void Done(string line)
    {
        show(++finished);
        say(PrintableText.Of(count > 1 ? $"[{finished}/{count}] {line}" : line));
    }

    /// <summary>Reports an item that failed.</summary>
    public void Failed(string error)
    {
        show(++finished);
        complain(error);
    }

    /// <summary>Shows how far one item is, a share of 0 to 1; from any thread.</summary>
    public void Report(double share) => show(finished + share);

    private static void RunWithBar(Terminal terminal, int count, Action<BatchProgress> work)
    {
        // Errors wait until the bar is gone: written beside it they would tear it apart.
        var errors = new List<string>();
        var turn = new Lock();
        IAnsiConsole console = terminal.CreateConsole();
        try
        {
            console.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    ProgressTask task = context.AddTask(Plural.Of(count, "picture"), maxValue: count);
                    work(new BatchProgress(count, WriteUnbroken, errors.Add, value =>
                    {
                        // While one is filled another may be done: the bar never goes back.
                        lock (turn)
                            task.Value = Math.Max(task.Value, value);
                    }));
                });
        }
        finally
        {
            errors.ForEach(terminal.WriteError);
        }

        // The terminal breaks lines so that a path can be copied; the console would break the path.
        void WriteUnbroken(string line) => console.Write(new ControlCode(EraseBelow + line + Environment.NewLine));
    }
}
