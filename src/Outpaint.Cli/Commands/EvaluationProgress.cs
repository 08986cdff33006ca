using System.Diagnostics;
using Outpaint.Cli.Shell;
using Outpaint.Metrics;
using Spectre.Console;

namespace Outpaint.Cli.Commands;

/// <summary>Shows how far the scoring of a method is: a bar on a terminal, otherwise one line at the end.</summary>
internal static class EvaluationProgress
{
    /// <summary>Scores a method.</summary>
    public static MethodResult Run(Terminal terminal, Evaluator evaluator, EvaluationMethod method, int photos, CancellationToken cancellation)
    {
        if (terminal.IsInteractive)
            return RunWithBar(terminal.CreateConsole(), evaluator, method, photos, cancellation);
        var clock = Stopwatch.StartNew();
        MethodResult result = evaluator.Evaluate(method, cancellation: cancellation);
        terminal.Output.WriteLine($"{method.Name}: {photos} photos scored in {clock.Elapsed.TotalSeconds:F0} s");
        return result;
    }

    private static MethodResult RunWithBar(
        IAnsiConsole console, Evaluator evaluator, EvaluationMethod method, int photos, CancellationToken cancellation) =>
        console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(method.Name), maxValue: photos);
                return evaluator.Evaluate(method, done => task.Value = done, cancellation);
            });
}
