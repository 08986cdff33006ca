using Outpaint.Imaging;
using Outpaint.Inference;
using Spectre.Console;

namespace Outpaint.Cli.Shell;

/// <summary>Works through files one by one and shows how far it is; a file that fails is reported and skipped.</summary>
internal static class BatchProgress
{
    /// <summary>Runs the work: under a progress bar on a terminal, otherwise with a numbered line per file.</summary>
    /// <param name="terminal">Where to report.</param>
    /// <param name="files">What to work on.</param>
    /// <param name="work">Handles one file and says in one line what came of it.</param>
    /// <returns>How many files failed.</returns>
    public static int Run(Terminal terminal, IReadOnlyList<string> files, Func<string, string> work) =>
        terminal.IsInteractive && files.Count > 1 ? RunWithBar(terminal, files, work) : RunPlain(terminal, files, work);

    private static int RunPlain(Terminal terminal, IReadOnlyList<string> files, Func<string, string> work)
    {
        int failures = 0;
        for (int i = 0; i < files.Count; i++)
        {
            string number = files.Count > 1 ? $"[{i + 1}/{files.Count}] " : "";
            if (!Attempt(files[i], work, line => terminal.Output.WriteLine(number + line), terminal.WriteError))
                failures++;
        }
        return failures;
    }

    private static int RunWithBar(Terminal terminal, IReadOnlyList<string> files, Func<string, string> work)
    {
        // Errors wait until the bar is gone: written beside it they would tear it apart.
        var errors = new List<string>();
        IAnsiConsole console = terminal.CreateConsole();
        try
        {
            console.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    ProgressTask task = context.AddTask("starting", maxValue: files.Count);
                    foreach (string file in files)
                    {
                        task.Description = Markup.Escape(Path.GetFileName(file));
                        Attempt(file, work, console.WriteLine, errors.Add);
                        task.Increment(1);
                    }
                });
        }
        finally
        {
            errors.ForEach(terminal.WriteError);
        }
        return errors.Count;
    }

    private static bool Attempt(string file, Func<string, string> work, Action<string> say, Action<string> complain)
    {
        try
        {
            say(work(file));
            return true;
        }
        catch (OutpaintException e)
        {
            complain($"{file}: {e.Message}");
        }
        catch (Exception e) when (e is PictureException or IOException or UnauthorizedAccessException)
        {
            complain(e.Message);
        }
        return false;
    }
}
