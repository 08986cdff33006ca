using Spectre.Console;

namespace Outpaint.Cli.Shell;

/// <summary>Shows how far a piece of work is: a bar that goes away at the end. Without a terminal, nothing.</summary>
internal static class ProgressBar
{
    /// <summary>Does the work.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="title">What is being done, beside the bar.</param>
    /// <param name="work">The work, which is to report how much is done, and of how much.</param>
    /// <returns>What the work returns.</returns>
    public static T Run<T>(Terminal terminal, string title, Func<Action<int, int>, T> work)
    {
        if (!terminal.IsInteractive)
            return work((_, _) => { });
        return terminal.CreateConsole().Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title));
                return work((done, total) => (task.MaxValue, task.Value) = (total, done));
            });
    }
}
