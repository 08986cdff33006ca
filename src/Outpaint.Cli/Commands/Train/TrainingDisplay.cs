using Outpaint.Cli.Shell;
using Outpaint.Tracking;
using Outpaint.Training;
using Spectre.Console;

namespace Outpaint.Cli.Commands.Train;

/// <summary>Shows a training run: a bar that redraws itself on a terminal, otherwise a line per report.</summary>
internal static class TrainingDisplay
{
    /// <summary>Runs the training under the display.</summary>
    public static TrainingResult Show(Terminal terminal, Trainer trainer, ITracker tracker, CancellationToken cancellation)
    {
        if (!terminal.IsInteractive)
        {
            trainer.WentBack += terminal.Output.WriteLine;
            return trainer.Run(new InOrder<TrainingProgress>(progress => terminal.Output.WriteLine(Whole(progress))), tracker, cancellation);
        }

        IAnsiConsole console = terminal.CreateConsole();
        return console.Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask task = context.AddTask("starting");
                trainer.WentBack += notice =>
                {
                    console.WriteLine(notice); // above the bar, where it stays
                    Keep(notice);
                };
                return trainer.Run(new InOrder<TrainingProgress>(progress =>
                {
                    task.MaxValue = progress.TotalSteps;
                    task.Value = progress.Step;
                    task.Description = Markup.Escape(Line(progress) + FormattableString.Invariant($"  loss {progress.Losses["loss/generator"]:f3}"));
                    if (progress.Validation.Count > 0)
                        console.WriteLine($"step {progress.Step}{Values(progress.Validation)}");
                    Keep(Whole(progress));
                }), tracker, cancellation);
            });

        // A bar that redraws itself is nothing to record; what it stands for is.
        void Keep(string line) => tracker.LogConsole(new ConsoleText(DateTimeOffset.UtcNow, ConsoleStream.Output, line + Environment.NewLine));
    }

    private static string Whole(TrainingProgress progress) =>
        Line(progress) + Rate(progress) + Values(progress.Losses) + Values(progress.Validation);

    // Short enough to stand beside the bar on a terminal of 100 columns.
    private static string Line(TrainingProgress progress) => FormattableString.Invariant(
        $"step {progress.Step}/{progress.TotalSteps}  {progress.ImagesPerSecond:f1} images/s  {Left(progress.Remaining)} left  waiting {100 * progress.WaitingShare:f0}%");

    private static string Rate(TrainingProgress progress) => FormattableString.Invariant($"  lr {progress.LearningRate:0.##e-0}");

    // "loss/perceptual" is shown as perceptual, "val/psnr" in full. Terms that are switched off, or not on yet, are 0 and left out.
    private static string Values(IReadOnlyDictionary<string, double> values) => string.Concat(values
        .Where(entry => entry.Value != 0)
        .Select(entry => FormattableString.Invariant($"  {entry.Key.Replace("loss/", "", StringComparison.Ordinal)} {entry.Value:f3}")));

    private static string Left(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours}h{time.Minutes:00}" : $"{time.Minutes}m{time.Seconds:00}s";
}
