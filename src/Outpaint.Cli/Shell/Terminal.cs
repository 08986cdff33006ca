using Outpaint.Torch.Serialization;
using Spectre.Console;

namespace Outpaint.Cli.Shell;

/// <summary>Where a command writes.</summary>
/// <param name="Output">Results, one per line, for people and for pipes.</param>
/// <param name="Error">Errors, one line each.</param>
/// <param name="IsInteractive">Whether the output is a terminal, on which a line can be drawn again.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive)
{
    private const int WidestText = 100;
    private const int DefaultWidth = 80;

    /// <summary>What is piped or typed in.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Whether it is typed, so that somebody waits for the program to go on.</summary>
    public bool InputIsTyped { get; init; }

    /// <summary>How many columns text may take.</summary>
    public int Width => IsInteractive ? Math.Clamp(Console.WindowWidth, 40, WidestText) : DefaultWidth;

    /// <summary>The terminal that the program was started from.</summary>
    public static Terminal Standard() => new(new TolerantWriter(Console.Out), new TolerantWriter(Console.Error), CanRedraw())
    {
        Input = new StreamReader(Console.OpenStandardInput()),
        InputIsTyped = !Console.IsInputRedirected,
    };

    /// <summary>What the output could not take; null if it took everything.</summary>
    public string? OutputProblem => (Output as TolerantWriter)?.Problem;

    /// <summary>Writes a result, which may name files, as one line.</summary>
    public void WriteLine(string line) => Output.WriteLine(PrintableText.Of(line));

    /// <summary>Writes "error: ..." as one line.</summary>
    public void WriteError(string message) => Error.WriteLine(ErrorLine(message));

    /// <summary>Writes "warning: ..." as one line, for what the work goes on without.</summary>
    public void WriteWarning(string message) => Error.WriteLine($"warning: {OneLine(message)}");

    /// <summary>"error: ..." as one line.</summary>
    public static string ErrorLine(string message) => $"error: {OneLine(message)}";

    /// <summary>A console for progress bars and the like on <see cref="Output"/>, which is a terminal.</summary>
    public IAnsiConsole CreateConsole() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Output), Ansi = AnsiSupport.Yes });

    private static string OneLine(string message) => PrintableText.Of(message.ReplaceLineEndings(" ").Trim());

    // Without a TERM that knows escape codes (an editor's shell, a bare container) a bar would swallow the lines.
    private static bool CanRedraw() => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
}
