using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using Outpaint.Cli.Commands;
using Outpaint.Cli.Commands.Evaluate;
using Outpaint.Cli.Commands.Extend;
using Outpaint.Cli.Commands.Serve;
using Outpaint.Cli.Commands.Train;
using Outpaint.Inference;

namespace Outpaint.Cli.Shell;

/// <summary>The program: parses the command line, runs the command and turns whatever goes wrong into one line and an exit code.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="loadInpainter">Loads a weights file.</param>
/// <param name="environment">Reads an environment variable.</param>
internal sealed class Application(Terminal terminal, Func<string, IInpainter> loadInpainter, Func<string, string?> environment)
{
    // A picture that is being written when Ctrl-C comes is finished first.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Runs one command line and returns the exit code.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="cancellation">Stops it, as Ctrl-C does.</param>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellation = default)
    {
        int code = await RunCommandAsync(arguments, cancellation);
        if (terminal.OutputProblem is not { } problem)
            return code;
        terminal.WriteError($"standard output could not be written ({problem}); nothing else is affected.");
        return code == ExitCode.Success ? ExitCode.Failure : code;
    }

    private async Task<int> RunCommandAsync(string[] arguments, CancellationToken cancellation)
    {
        // The parser hands Ctrl-C and SIGTERM on to commands, but not that the terminal was closed.
        using var closing = new Interruption(PosixSignal.SIGHUP);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closing.Token);
        try
        {
            if (arguments.FirstOrDefault(argument => argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=') == argument.Length - 1) is { } empty)
                throw new UsageException($"{empty[..^1]} has nothing behind its '='; give a value, or leave it out."); // the parser would take the next option for it
            // "@files.txt" is a list of pictures, not of arguments, which come from "@some.args".
            DocumentedCommand root = CreateRoot(stop.Token);
            ParseResult result = root.Parse(ArgumentFile.Expand(arguments, root), new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (result.Errors.Count > 0)
                throw new UsageException(ParseErrorText.Describe(result));
            return await result.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationTimeout,
            }, stop.Token);
        }
        catch (Exception exception)
        {
            return ErrorReport.Write(terminal, exception);
        }
    }

    private DocumentedCommand CreateRoot(CancellationToken stop)
    {
        var help = new HelpPrinter(terminal);
        DocumentedCommand[] commands =
        [
            ExtendCommand.Create(terminal, loadInpainter),
            TrainCommand.Create(terminal, environment, stop),
            EvaluateCommand.Create(terminal, loadInpainter),
            ServeCommand.Create(terminal, loadInpainter),
        ];
        var root = new DocumentedCommand("outpaint", RootHelp.For(commands));
        root.SetAction(help.Invoke);
        foreach (DocumentedCommand command in commands)
            root.Subcommands.Add(command);
        root.Options.Add(new HelpOption("--help", "-h") { Recursive = true, Action = help });
        root.Options.Add(new VersionOption());
        return root;
    }
}
