using System.CommandLine;
using System.Runtime.InteropServices;
using Outpaint.Cli.Shell;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Cli.Commands.Train;

/// <summary><c>outpaint train</c>: trains a generator on a folder of photos.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it reports.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="cancellation">Stops it; Ctrl-C and SIGTERM it looks at itself, as the parser hands them on to async actions only.</param>
    public static DocumentedCommand Create(Terminal terminal, Func<string, string?> environment, CancellationToken cancellation)
    {
        var optionSet = new OptionSet<TrainingOptions>();
        var command = new DocumentedCommand("train", Page(optionSet));
        optionSet.AddTo(command);
        // On the main thread, where libtorch's memory is fastest (TorchRuntime.TuneForLongRuns), so not as an async action.
        command.SetAction(result =>
        {
            TrainingOptions given = optionSet.Bind(result);
            TrainOptionCheck.Run(given);
            TrainingOptions options = given.Resume is null
                ? given
                : optionSet.Bind(result, onto: RunFolder.ReadConfig(RunFolder.Locate(given))) with { OutputDir = RunFolder.Locate(given) };
            using var interruption = new Interruption(PosixSignal.SIGINT, PosixSignal.SIGTERM);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token, cancellation);
            return new TrainRun(options, terminal, new Invocation([.. result.Tokens.Select(token => token.Value)], environment)).Execute(stop.Token);
        });
        return command;
    }

    private static HelpPage Page(OptionSet<TrainingOptions> options) => new(
        "Train a generator on photos of your own; stop it with Ctrl-C and continue it whenever you like.",
        ["outpaint train --data_path DIR [options]"],
        [
            new HelpRow("outpaint train --data_path photos --batch_size 32 --epochs 100 --lr 0.0002", "Trains on every picture below photos."),
            new HelpRow("outpaint train --resume runs/outpaint", "Goes on where that run stopped."),
            new HelpRow("outpaint extend holiday.jpg --weights runs/outpaint/generator.safetensors", "Uses what was trained."),
        ],
        options.Help,
        ["Options may be spelt with dashes, too: --data-path. Without --vgg_weights and --resnet_weights there is no perceptual loss.",
            "Options may stand in a file, one per line, whose name ends in .args: @some.args. What the command line gives itself comes first."]);
}
