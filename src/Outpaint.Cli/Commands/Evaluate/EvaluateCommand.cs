using Outpaint.Cli.Shell;
using Outpaint.Inference;

namespace Outpaint.Cli.Commands.Evaluate;

/// <summary><c>outpaint evaluate</c>: measures how well photos are continued.</summary>
internal static class EvaluateCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it reports.</param>
    /// <param name="loadInpainter">Loads a weights file.</param>
    public static DocumentedCommand Create(Terminal terminal, Func<string, IInpainter> loadInpainter)
    {
        var optionSet = new OptionSet<EvaluateOptions>();
        var command = new DocumentedCommand("evaluate", Page(optionSet));
        optionSet.AddTo(command);
        command.SetAction((result, cancellation) =>
        {
            EvaluateOptions options = optionSet.Bind(result);
            return Task.Run(() => new EvaluateRun(options, terminal, loadInpainter).Execute(cancellation), CancellationToken.None);
        });
        return command;
    }

    private static HelpPage Page(OptionSet<EvaluateOptions> options) => new(
        "Measure how well the middle of photos is continued, beside other methods.",
        ["outpaint evaluate --data_path DIR|TAR... [options]"],
        [
            new HelpRow("outpaint evaluate --data_path photos --baselines", "Scores the built-in weights and the baselines on every photo."),
            new HelpRow(
                "outpaint evaluate --data_path val.tar --lpips_weights lpips.safetensors --inception_weights inception.safetensors --peer other",
                "Scores with all metrics, beside the pictures that another program wrote into the folder other."),
        ],
        options.Help,
        [
            "A photo's shorter side is resized to the extended size (192 pixels unless --known_size or --extension_ratio say otherwise), the centre square of that is the original, and the centre of the original is what a method gets to see.",
        ]);
}
