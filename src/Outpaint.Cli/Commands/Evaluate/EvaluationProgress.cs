using System.Diagnostics;
using Outpaint.Cli.Shell;
using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;

namespace Outpaint.Cli.Commands.Evaluate;

/// <summary>Shows how far the scoring of a method is: a bar on a terminal, otherwise one line at the end.</summary>
internal static class EvaluationProgress
{
    /// <summary>Scores a method.</summary>
    public static MethodResult Run(Terminal terminal, Evaluator evaluator, EvaluationMethod method, int photos, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        MethodResult result = ProgressBar.Run(
            terminal, method.Name, report => evaluator.Evaluate(method, new InOrder<int>(done => report(done, photos)), cancellation));
        if (!terminal.IsInteractive)
            terminal.Output.WriteLine($"{method.Name}: {Plural.Of(photos, "photo")} scored in {clock.Elapsed.TotalSeconds:F0} s");
        return result;
    }
}
