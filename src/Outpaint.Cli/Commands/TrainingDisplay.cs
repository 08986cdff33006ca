using Outpaint.Cli.Shell;
using Outpaint.Training;
using Spectre.Console;

namespace Outpaint.Cli.Commands;

/// <summary>Shows a training run: a bar that redraws itself on a terminal, otherwise a line per report.</summary>
internal static class TrainingDisplay
{
    /// <summary>Runs the training under the display.</summary>
    public static TrainingResult Show(Terminal terminal, Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        if (!terminal.IsInteractive)
            return train(new Reporter(progress => terminal.Output.WriteLine(Line(progress) + Rate(progress) + Losses(progress))));
        return terminal.CreateConsole().Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask task = context.AddTask("starting");
                return train(new Reporter(progress =>
                {
                    task.MaxValue = progress.TotalSteps;
                    task.Value = progress.Step;
                    task.Description = Markup.Escape(Line(progress) + FormattableString.Invariant($"  loss {progress.Losses["loss/generator"]:f3}"));
                }));
            });
    }

    // Short enough to stand beside the bar on a terminal of 100 columns.
    private static string Line(TrainingProgress progress) => FormattableString.Invariant(
        $"step {progress.Step}/{progress.TotalSteps}  {progress.ImagesPerSecond:f1} images/s  {Left(progress.Remaining)} left  waiting {100 * progress.WaitingShare:f0}%");

    private static string Rate(TrainingProgress progress) => FormattableString.Invariant($"  lr {progress.LearningRate:0.##e-0}");

    // Terms that are switched off, or not on yet, are 0 and left out.
    private static string Losses(TrainingProgress progress) => string.Concat(progress.Losses
        .Where(loss => loss.Value != 0)
        .Select(loss => FormattableString.Invariant($"  {loss.Key["loss/".Length..]} {loss.Value:f3}")));

    private static string Left(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours}h{time.Minutes:00}" : $"{time.Minutes}m{time.Seconds:00}s";

    // Progress<T> reports on another thread, out of order; a run's lines belong in order.
    private sealed class Reporter(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
