using System.CommandLine;
using System.CommandLine.Parsing;
using Outpaint.Cli.Shell;
using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Cli.Commands.Extend;

/// <summary><c>outpaint extend</c>: continues pictures beyond their borders.</summary>
internal static class ExtendCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it reports.</param>
    /// <param name="loadInpainter">Loads a weights file.</param>
    public static DocumentedCommand Create(Terminal terminal, Func<string, IInpainter> loadInpainter)
    {
        var optionSet = new OptionSet<ExtendOptions>();
        var pictures = new Argument<string[]>("PICTURE") { Arity = ArgumentArity.ZeroOrMore };
        pictures.Validators.Add(RefuseOptions);
        var command = new DocumentedCommand("extend", Page(optionSet));
        command.Aliases.Add("inference");
        command.Arguments.Add(pictures);
        optionSet.AddTo(command);
        command.SetAction((result, cancellation) =>
        {
            ExtendOptions options = optionSet.Bind(result);
            options = options with { InputImage = [.. options.InputImage, .. result.GetValue(pictures) ?? []] };
            return Task.Run(() => new ExtendRun(options, terminal, loadInpainter).Execute(cancellation), CancellationToken.None);
        });
        return command;
    }

    // Otherwise a misspelt option would be looked for as a file.
    private static void RefuseOptions(ArgumentResult given)
    {
        foreach (Token token in given.Tokens.Where(token => token.Value is ['-', _, ..]))
            given.AddError(ParseErrorText.NoOption(token.Value, ((CommandResult)given.Parent!).Command) + Hint(token.Value));

        static string Hint(string name) => PictureFormat.IsSupported(name) ? $" A picture of that name is given as ./{name}." : "";
    }

    private static HelpPage Page(OptionSet<ExtendOptions> options) => new(
        "Continue pictures beyond their borders; the pictures' own pixels stay as they are.",
        ["outpaint extend PICTURE... [options]", "outpaint inference ...   (the same command)"],
        [
            new HelpRow("outpaint extend holiday.jpg", "Writes outputs/holiday_outpainted.jpg, half as wide and half as tall again."),
            new HelpRow("outpaint extend holiday.jpg --top 300 --left 25%", "Adds 300 rows above and a quarter of the width on the left."),
            new HelpRow("outpaint extend portrait.jpg --aspect 16:9 --anchor left", "Makes a wallpaper of it, with the portrait at its left edge."),
            new HelpRow("outpaint extend 'shop/*.png' --size 2000x2000 --mask_out", "Makes each a square of this size, and a mask beside it."),
            new HelpRow("outpaint extend holiday.jpg --variations 4", "Makes four different ones to choose from."),
            new HelpRow(
                "outpaint extend photos --recursive --extension_ratio 0.25 --skip_existing",
                "Extends every picture in photos and its subfolders by a quarter; one that cannot be read is reported and skipped. The same command goes on where it was stopped."),
        ],
        options.Help,
        [
            "Options may be spelt with dashes, too: --input-image.",
            "Results keep the picture's format, metadata and bit depth; in lossless formats every pixel of the source is kept exactly. What the new part shows is made at a small size; its fine texture is continued from the picture's own.",
            "The same picture and seed give the same result; there is no prompt.",
        ]);
}
