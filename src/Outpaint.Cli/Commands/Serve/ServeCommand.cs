using Outpaint.Cli.Shell;
using Outpaint.Inference;

namespace Outpaint.Cli.Commands.Serve;

/// <summary><c>outpaint serve</c>: extends photos on a page in the browser, and over HTTP.</summary>
internal static class ServeCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it says what its address is.</param>
    /// <param name="loadInpainter">Loads a weights file.</param>
    public static DocumentedCommand Create(Terminal terminal, Func<string, IInpainter> loadInpainter)
    {
        var optionSet = new OptionSet<ServeOptions>();
        var command = new DocumentedCommand("serve", Page(optionSet));
        optionSet.AddTo(command);
        command.SetAction((result, cancellation) => new ServeRun(optionSet.Bind(result), terminal, loadInpainter).Execute(cancellation));
        return command;
    }

    private static HelpPage Page(OptionSet<ServeOptions> options) => new(
        "Extend photos on a page in the browser, and for other programs over HTTP.",
        ["outpaint serve [options]"],
        [
            new HelpRow("outpaint serve", "Shows the page at http://127.0.0.1:8080, for this machine only, until Ctrl-C."),
            new HelpRow(
                "curl --data-binary @holiday.jpg '127.0.0.1:8080/extend?ratio=1' -o wide.jpg",
                "Has a photo extended by it. Instead of the ratio, left, top, right and bottom give pixels to add; format is jpg, png or another."),
        ],
        options.Help,
        ["Photos are not kept: each is extended, sent back and forgotten."]);
}
